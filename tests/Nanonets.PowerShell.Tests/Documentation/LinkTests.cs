using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>Links between the pages lead somewhere.</summary>
public partial class LinkTests
{
    private static readonly HashSet<string> s_hosts =
        ["nanonets.com", "dotnet.microsoft.com", "keepachangelog.com", "semver.org", "github.com"];

    public static TheoryData<string> Pages => [.. RepositoryFiles.With(".md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_of_a_page_resolves(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(RepositoryFiles.Root, page))!;
        var broken = new List<string>();
        foreach (string target in Targets(RepositoryFiles.Read(page)).Where(
            static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string path = parts[0].Length == 0
                ? Path.Combine(RepositoryFiles.Root, page)
                : Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(parts[0])));
            if (!File.Exists(path) && !Directory.Exists(path))
                broken.Add(target);
            else if (parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal)
                && !Anchors(File.ReadAllText(path)).Contains(parts[1]))
                broken.Add(target);
        }

        Assert.Empty(broken);
    }

    /// <summary>
    /// Elsewhere only to what stays: the vendor, the makers of what is used, the conventions that are followed, and this project's own
    /// address.
    /// </summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_other_link_of_a_page_leads_to_a_host_that_is_known(string page) => Assert.All(
        Targets(RepositoryFiles.Read(page)).Where(static target => target.Contains("://", StringComparison.Ordinal)),
        static target => Assert.True(
            s_hosts.Contains(new Uri(target).Host) && target.StartsWith("https://", StringComparison.Ordinal), target));

    private static IEnumerable<string> Targets(string text) =>
        Link().Matches(WithoutCode(text)).Select(static match => match.Groups[1].Value);

    /// <summary>The anchors of a page's headings, as code hosts make them: lower case, no punctuation, hyphens for blanks.</summary>
    private static HashSet<string> Anchors(string text) =>
        [.. Heading().Matches(Fence().Replace(text, ""))
            .Select(static match => NotInAnchors().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string WithoutCode(string text) => InlineCode().Replace(Fence().Replace(text, ""), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex InlineCode();
}
