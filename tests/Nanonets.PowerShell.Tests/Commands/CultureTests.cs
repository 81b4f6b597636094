using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>A culture for rows is one that there is; rows made with it can be given back unedited.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("german")]
    [InlineData("1031")]
    [InlineData("'1031'")]
    [InlineData("en-UK")]
    [InlineData("xx-XX")]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("zh-Hans")]
    [InlineData("([cultureinfo]'de')")]
    [InlineData("([System.DayOfWeek]::Monday)")]
    public async Task A_word_a_number_and_a_language_are_refused(string culture)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run($"$pages | ConvertTo-NanonetsRow -Culture {culture}");
        Assert.StartsWith("ParameterArgumentTransformationError", result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("DE-de")]
    [InlineData("zh-CN")]
    [InlineData("sr-Latn-RS")]
    [InlineData("([cultureinfo]'de-CH')")]
    [InlineData("([cultureinfo]::InvariantCulture)")]
    [InlineData("''")]
    public async Task A_culture_with_its_country_is_taken(string culture)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run($"$pages | ConvertTo-NanonetsRow -Culture {culture}");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("$pages | ConvertTo-NanonetsRow -Culture en-US")]
    [InlineData("$pages | ConvertTo-NanonetsRow -Culture en-US -As Table")]
    [InlineData("$pages | ConvertTo-NanonetsRow -Culture en-US -SpreadsheetSafe")]
    public async Task Rows_with_converted_values_correct_nothing_when_they_are_given_back(string rows)
    {
        await using ModuleSession session = await StartAsync();
        session.Emulator.Requests.Clear();
        RunResult result = session.Run($"{rows} | Update-NanonetsResult -Verbose");
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(session.Emulator.Requests.All, static request => request.Method != "GET");
        Assert.Contains(result.Verbose, static line => line.Contains("Nothing differs"));
    }

    [Fact]
    public async Task A_converted_value_that_was_changed_is_a_correction()
    {
        await using ModuleSession session = await StartAsync();
        session.Emulator.Requests.Clear();
        RunResult result = session.Run(
            "$row = $pages | ConvertTo-NanonetsRow -Culture en-US; $row.total_amount = [decimal]1.5; $row | Update-NanonetsResult; "
                + "($pages[0].RequestFileId | Get-NanonetsResult).Fields.total_amount");
        Assert.Empty(result.Errors);
        Assert.Single(session.Emulator.Requests.All, static request => request.Method != "GET");
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        RunResult made = session.Run("$pages = Send-NanonetsDocument invoice.pdf | Get-NanonetsResult -Wait");
        Assert.Empty(made.Errors);
        return session;
    }
}
