using System;
using System.Reflection;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Conventions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Settings as people write them, and what is said when they are wrong.</summary>
public class SettingTests
{
    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    public async Task Quotation_marks_around_the_key_are_named(string quoted)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("quoted", string.Format(null, quoted, session.Emulator.Options.ApiKey));
        RunResult result = session.Run(
            "Connect-Nanonets -ApiKey $quoted -BaseUri $uri -ModelId $model; Test-NanonetsConnection | Where-Object Check -EQ Key");
        Assert.Contains("quotation marks", Assert.Single(result.Values("Remedy"))!.ToString());
        Assert.Contains("quotation marks", session.Run("Get-NanonetsModel -ModelId $model").OnlyError.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("3.0.0.0", "It broke. Mend it.")]
    [InlineData("7.4.6.500", "It broke. Mend it.")]
    [InlineData("7.5.0.500", "It broke.")]
    [InlineData("7.6.9.500", "It broke.")]
    public void Where_the_engine_does_not_show_the_advice_the_message_has_it(string engine, string expected)
    {
        MethodInfo shown = Surface.Module.GetType("Nanonets.Errors.ErrorTable")!
            .GetMethod("Shown", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Equal(expected, shown.Invoke(null, ["It broke.", "Mend it.", Version.Parse(engine)]));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task Messages_have_the_same_dates_in_every_culture(string culture)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run(
            $"[cultureinfo]::CurrentCulture = '{culture}'; Get-NanonetsResult -After 2025-03-18 -Before 2025-03-17");
        Assert.Contains("2025-03-1", result.OnlyError.ErrorDetails.Message);
    }
}
