using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Conventions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>The guide to the errors knows each of them.</summary>
public partial class TroubleshootingTests
{
    private const string Guide = "docs/guides/troubleshooting.md";

    private static IReadOnlyList<string> Sections =>
        [.. Section().Matches(RepositoryFiles.Read(Guide)).Select(static match => match.Groups[1].Value)];

    [Fact]
    public void Every_error_id_has_a_section() =>
        Assert.All(Surface.ErrorIds, static id => Assert.True(Sections.Contains(id), $"{Guide} has no section '### {id}'."));

    [Fact]
    public void No_error_id_has_two_sections() => Assert.Equal(Sections.Count, Sections.Distinct().Count());

    [GeneratedRegex(@"^### (\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
