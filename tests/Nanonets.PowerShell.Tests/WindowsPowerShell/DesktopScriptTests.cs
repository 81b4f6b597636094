using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.WindowsPowerShell;

/// <summary>
/// Whatever is PowerShell in this repository keeps to what Windows PowerShell 5.1 has: scripts, script blocks of format and types files, examples in pages and help. Nobody can run 5.1 outside
/// Windows, so this is read with the parser of PowerShell 7 and lists of what is newer.
/// </summary>
public partial class DesktopScriptTests
{
    /// <summary>Shown for PowerShell 7 alone, and the page says so.</summary>
    private static readonly HashSet<string> s_forPowerShell7 = [];

    public static TheoryData<string> Scripts => [.. RepositoryFiles.With(".ps1").Concat(RepositoryFiles.With(".psd1"))];

    public static TheoryData<string> Views => [.. RepositoryFiles.With(".ps1xml")];

    public static TheoryData<string> Pages => [.. RepositoryFiles.With(".md").Where(static page => Example().IsMatch(RepositoryFiles.Read(page)))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_has_nothing_newer(string script)
    {
        Assert.Empty(Newer(RepositoryFiles.Read(script)));
        byte[] bytes = File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, script));
        Assert.True(
            bytes.All(static value => value < 128) || bytes is [0xEF, 0xBB, 0xBF, ..],
            $"{script} has other characters than ASCII and no byte order mark: Windows PowerShell would read them wrongly.");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_has_nothing_newer(string view)
    {
        XDocument document = XDocument.Load(Path.Combine(RepositoryFiles.Root, view));
        Assert.Empty(document.Descendants().Where(static element => element.Name.LocalName is "ScriptBlock" or "Script" or "GetScriptBlock" or "SetScriptBlock").SelectMany(static script => Newer(script.Value)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void An_example_has_nothing_newer(string page)
    {
        // The syntax of a cmdlet in the reference is for people.
        foreach (Match example in Example().Matches(RepositoryFiles.Read(page)).Where(static match => !match.Value.Contains("[<CommonParameters>]", System.StringComparison.Ordinal)))
            Assert.DoesNotContain(Newer(example.Groups[1].Value), found => !s_forPowerShell7.Contains($"{page}: {found}"));
    }

    [Theory]
    [InlineData("$a ?? 1")]
    [InlineData("$a ??= 1")]
    [InlineData("${a}?.b")]
    [InlineData("${a}?[0]")]
    [InlineData("$a ? 1 : 2")]
    [InlineData("a && b")]
    [InlineData("a || b")]
    [InlineData("a &")]
    [InlineData("Get-Item a\n    | Remove-Item")]
    [InlineData("\"`e[0m\"")]
    [InlineData("\"`u{2026}\"")]
    [InlineData("0b101")]
    [InlineData("1n")]
    [InlineData("$a -replace 'x', { 'y' }")]
    [InlineData("function a { clean { } }")]
    [InlineData("#requires -Version 7.0")]
    [InlineData("if ($IsWindows) { 1 }")]
    [InlineData("1, 2 | ForEach-Object -Parallel { $_ }")]
    [InlineData("1, 2 | % -Para { $_ }")]
    [InlineData("Export-Csv a.csv -Encoding utf8BOM")]
    [InlineData("Export-Csv a.csv -UseQuotes AsNeeded")]
    [InlineData("Join-Path a b c")]
    [InlineData("Get-Error")]
    [InlineData("ConvertFrom-Json $a -AsHashtable")]
    [InlineData("Invoke-RestMethod $a -Form @{ }")]
    [InlineData("[System.DateOnly]::Parse($a)")]
    [InlineData("[System.Convert]::ToHexString($a)")]
    [InlineData("[System.IO.Path]::GetRelativePath($a, $b)")]
    [InlineData("[System.IO.Compression.ZipFile]::OpenRead($a)")]
    [InlineData("[System.Collections.Generic.PriorityQueue[string, int]]::new()")]
    public void What_is_newer_is_found(string script) => Assert.NotEmpty(Newer(script));

    [Theory]
    [InlineData("using namespace System.IO\n[Path]::GetFileName('a')")]
    [InlineData("[System.Collections.Generic.List[string]]::new()")]
    [InlineData("[datetime]::Now; [Environment]::NewLine; [pscustomobject] @{ }; [int[]] @(1); [System.IO.Path]::PathSeparator")]
    [InlineData("Get-Item a |\n    Remove-Item")]
    [InlineData("Join-Path (Join-Path a b) -ChildPath c")]
    [InlineData("Export-Csv a.csv -NoTypeInformation -Encoding UTF8")]
    [InlineData("0x1F, 1d, 2l, 4kb")]
    public void What_both_have_is_let_pass(string script) => Assert.Empty(Newer(script));

    private static string[] Newer(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out Token[] tokens, out _);
        return [.. NewerSyntax.In(script, tokens), .. NewerCommands.In(script), .. FrameworkTypes.MissingFor(script)];
    }

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
