using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>Scripts of the repository and examples in its pages are PowerShell, also for Windows PowerShell 5.1.</summary>
public partial class ScriptTests
{
    /// <summary>Tokens that Windows PowerShell 5.1 does not know: the conditional and null operators, and chains of pipelines.</summary>
    private static readonly HashSet<TokenKind> s_newSyntax =
        [TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket, TokenKind.QuestionMark, TokenKind.AndAnd, TokenKind.OrOr];

    public static TheoryData<string> Scripts => [.. RepositoryFiles.With(".ps1")];

    public static TheoryData<string> PagesWithExamples => [.. RepositoryFiles.With(".md").Where(static page => Example().IsMatch(RepositoryFiles.Read(page)))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses_and_keeps_to_what_Windows_PowerShell_reads(string script)
    {
        string text = RepositoryFiles.Read(script);
        Parses(text, script);
        byte[] bytes = File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, script));
        Assert.True(
            bytes.All(static value => value < 128) || bytes is [0xEF, 0xBB, 0xBF, ..],
            $"{script} has other characters than ASCII and no byte order mark: Windows PowerShell would read them wrongly.");
        Parser.ParseInput(text, out Token[] tokens, out _);
        Assert.DoesNotContain(tokens, static token => s_newSyntax.Contains(token.Kind));
    }

    [Theory]
    [MemberData(nameof(PagesWithExamples))]
    public void Examples_of_a_page_parse(string page)
    {
        // The syntax of a cmdlet in the reference is for people.
        foreach (Match example in Example().Matches(RepositoryFiles.Read(page)).Where(static match => !match.Value.Contains("[<CommonParameters>]", StringComparison.Ordinal)))
            Parses(example.Groups[1].Value, page);
    }

    private static void Parses(string text, string where)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        Assert.True(errors.Length == 0, $"{where}: {errors.FirstOrDefault()?.Message} in: {errors.FirstOrDefault()?.Extent.Text}");
    }

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
