using System;
using System.IO;
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
        Assert.All(shown.Split('\n'), static line => Assert.True(line.TrimEnd().Length <= 100, line));
    }
}
