using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>-Resend of many documents in a script at night, where nobody can answer a question.</summary>
public class UnattendedResendTests
{
    [Fact]
    public async Task Where_nobody_can_be_asked_the_error_names_Force_and_nothing_is_sent()
    {
        const string send = "Get-ChildItem *.png | Send-NanonetsDocument -Journal uploads.db";
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(21);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "LabelFile", Status = 400 });
        session.Run(send);
        session.Emulator.Faults.Clear();
        int before = session.Uploads.Count();
        RunResult result = session.Run(send + " -Resend Failed");
        Assert.Equal(before, session.Uploads.Count());
        Assert.DoesNotContain("InvalidOperation", result.OnlyError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Force", $"{result.OnlyError} {result.OnlyError.ErrorDetails?.RecommendedAction}", StringComparison.Ordinal);
    }
}
