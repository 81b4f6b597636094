using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>The first thing a newcomer runs.</summary>
public class QuickstartTests
{
    [Fact]
    public async Task It_shows_pages_and_values_that_are_really_in_the_sample_documents()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("quickstart", Path.Combine(RepositoryFiles.Root, "samples/quickstart.ps1"));
        string shown = session.Show("& $quickstart");
        Assert.Contains("Sending 12 documents", shown, StringComparison.Ordinal);
        Assert.Matches(@"fax-purchase-order-3-pages\.tif +3/3 Success", shown);
        Assert.Matches(@"HMS-2025-00817 +2025-03-14 +Halvorsen Marine Supply AS +NOK 1,053,765\.91", shown);
        Assert.Matches(@"2025-0042 +07\.04\.2025 +.* +1\.034,32 €", shown);
        string report = Path.Combine(RepositoryFiles.Root, "artifacts", "quickstart-report.html");
        Assert.EndsWith(report, shown.TrimEnd(), StringComparison.Ordinal);
        string html = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.Contains("HMS-2025-00817", html, StringComparison.Ordinal);
        Assert.All(shown.Split('\n').Where(line => !line.Contains(report, StringComparison.Ordinal)),
            static line => Assert.True(line.TrimEnd().Length <= 100, line));
    }
}
