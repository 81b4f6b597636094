using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>Scripts and the blocks of pages are what they say they are. What 5.1 makes of them is tested in WindowsPowerShell.</summary>
public partial class ScriptTests
{
    public static TheoryData<string> Scripts => [.. RepositoryFiles.With(".ps1")];

    public static TheoryData<string> Pages =>
        [.. RepositoryFiles.With(".md").Where(static page => !page.StartsWith("samples/", StringComparison.Ordinal))];

    public static TheoryData<string> PagesWithExamples =>
        [.. RepositoryFiles.With(".md").Where(static page => Example().IsMatch(RepositoryFiles.Read(page)))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses(string script) => Parses(RepositoryFiles.Read(script), script);

    [Theory]
    [MemberData(nameof(PagesWithExamples))]
    public void Examples_of_a_page_parse(string page)
    {
        // The syntax of a cmdlet in the reference is for people.
        foreach (Match example in Example().Matches(RepositoryFiles.Read(page))
            .Where(static match => !match.Value.Contains("[<CommonParameters>]", StringComparison.Ordinal)))
            Parses(example.Groups[1].Value, page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_says_its_language_and_those_for_a_shell_are_read_by_it(string page)
    {
        foreach (Match block in Block().Matches(RepositoryFiles.Read(page)))
        {
            Assert.False(block.Groups["language"].Value.Length == 0, $"{page} does not say what this is: {block.Value}");
            if (block.Groups["language"].Value == "sh" && !OperatingSystem.IsWindows())
                Assert.Equal(string.Empty, ErrorsOfShell(block.Groups["code"].Value));
        }
    }

    private static string ErrorsOfShell(string code)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        shell.StandardInput.Write(code);
        shell.StandardInput.Close();
        return shell.StandardError.ReadToEnd();
    }

    private static void Parses(string text, string where)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        Assert.True(errors.Length == 0, $"{where}: {errors.FirstOrDefault()?.Message} in: {errors.FirstOrDefault()?.Extent.Text}");
    }

    [GeneratedRegex(@"^```(?<language>\w*)[^\n]*\n(?<code>.*?)^```\r?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
