using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.WindowsPowerShell;

/// <summary>
/// Whatever is PowerShell in this repository keeps to what Windows PowerShell 5.1 has: scripts, script blocks of format and types files,
/// examples in pages and help. 5.1 runs on Windows only, so this is read with the parser of PowerShell 7 and lists of what is newer.
/// </summary>
public partial class DesktopScriptTests
{
    /// <summary>What is newer and stands there all the same: examples that say so, and lines of tests that are left out in 5.1.</summary>
    private static readonly Dictionary<string, string[]> s_forPowerShell7 = new()
    {
        ["docs/guides/from-invoke-restmethod.md"] = ["Invoke-RestMethod -Form"],
        ["docs/reference/Connect-Nanonets.md"] = ["ForEach-Object -Parallel"],
        ["docs/reference/Get-NanonetsConnection.md"] = ["Start-ThreadJob"],
        ["tests/Pester/ExampleWorld.ps1"] = ["[System.IO.File]::SetUnixFileMode"],
        ["tests/Pester/Package.Tests.ps1"] =
            ["Register-PSResourceRepository", "Publish-PSResource", "Find-PSResource", "Install-PSResource"],
        ["tests/Pester/Pipelines.Tests.ps1"] = ["Start-ThreadJob"],
    };

    public static TheoryData<string> Scripts => [.. RepositoryFiles.With(".ps1").Concat(RepositoryFiles.With(".psd1"))];

    public static TheoryData<string> Views => [.. RepositoryFiles.With(".ps1xml")];

    public static TheoryData<string> Pages =>
        [.. RepositoryFiles.With(".md").Where(static page => Example().IsMatch(RepositoryFiles.Read(page)))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_has_nothing_newer(string script)
    {
        AssertNothingNewer(script, Newer(RepositoryFiles.Read(script)));
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
        Assert.Empty(document.Descendants()
            .Where(static element => element.Name.LocalName is "ScriptBlock" or "Script" or "GetScriptBlock" or "SetScriptBlock")
            .SelectMany(static script => Newer(script.Value)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void An_example_has_nothing_newer(string page)
    {
        // The syntax of a cmdlet in the reference is for people.
        AssertNothingNewer(page, Example().Matches(RepositoryFiles.Read(page))
            .Where(static match => !match.Value.Contains("[<CommonParameters>]", StringComparison.Ordinal))
            .SelectMany(static example => Newer(example.Groups[1].Value)));
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
    [InlineData("1, 2 | Select-Object -Skip 1")]
    public void What_both_have_is_let_pass(string script) => Assert.Empty(Newer(script));

    private static void AssertNothingNewer(string file, IEnumerable<string> newer)
    {
        string[] found = [.. newer];
        if (!s_forPowerShell7.TryGetValue(file, out string[]? known))
            Assert.Empty(found);
        else
            Assert.Equal(known, found.Select(one => known.FirstOrDefault(start => one.StartsWith(start, StringComparison.Ordinal)) ?? one)
                .Distinct());
    }

    private static string[] Newer(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out Token[] tokens, out _);
        return [.. NewerSyntax.In(script, tokens), .. NewerCommands.In(script), .. FrameworkTypes.MissingFor(script)];
    }

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
