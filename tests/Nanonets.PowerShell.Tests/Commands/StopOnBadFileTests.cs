using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>An error that stops the script: what is under way is settled, and nothing begins after it.</summary>
public class StopOnBadFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" -Journal uploads.db")]
    public async Task After_a_bad_file_with_ErrorAction_Stop_no_upload_begins(string journal)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(4);
        session.AddFile("empty.png", []);

        // The first is answered when the bad file was met long ago; until then the others wait for it.
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromSeconds(4), Route = "LabelFile", To = 1 });
        RunResult stopped = session.Run($"Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument -ErrorAction Stop{journal}");
        Assert.StartsWith("EmptyFile", stopped.OnlyError.FullyQualifiedErrorId);

        // At most the one that had begun by then.
        Assert.InRange(session.Uploads.Count(), 0, 1);
        Assert.Equal(session.Uploads.Count(), session.Emulator.Billing.Charges.Count);
    }
}
