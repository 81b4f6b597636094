using System.IO;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>How long a service that is down is waited for is the caller's to say.</summary>
public class OutageTimeoutTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("'1'")]
    [InlineData("'00:00:01'")]
    public async Task A_service_that_is_down_for_longer_ends_the_run_with_everything_unsent(string patience)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 503 });
        RunResult result = session.Run($"Get-ChildItem *.png | Send-NanonetsDocument -OutageTimeout {patience}");
        Assert.StartsWith("ServiceUnavailable", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(3, Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject).Length);
        Assert.Empty(session.Uploads);
    }
}
