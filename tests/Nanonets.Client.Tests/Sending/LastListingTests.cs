using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>The last listing of a run comes when nothing is under way any more: what was handed over counts, whenever it begins.</summary>
public class LastListingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void It_waits_for_what_was_handed_over_and_has_not_begun(int late) => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7));
        service.Mishaps = static name => name == "lost.pdf" ? Mishap.LostBefore : Mishap.None;
        using var journal = new MemoryJournal();
        var run = new SimulatedProcess(time, service, journal, throttle: 1 + late);
        SlotHold[] holds = [.. Enumerable.Range(0, 1 + late).Select(_ => HandOver(run))];
        Task lost = run.Run.SendAsync(Request("lost.pdf"), holds[0]);

        // The input has ended, and the work of the others begins much later, as on a machine that is busy.
        run.Run.InputEnded();
        Pass(time, TimeSpan.FromMinutes(5));
        Assert.Empty(run.Ends);
        Task[] others = [.. holds.Skip(1).Select((hold, number) => run.Run.SendAsync(Request($"late-{number}.pdf"), hold))];
        time.Run(Task.WhenAll([lost, .. others]));
        Assert.Equal(
            [.. Enumerable.Repeat(SendingEnd.Accepted, late), SendingEnd.Held],
            run.Ends.Select(static end => end.Outcome.End));
    });

    private static SlotHold HandOver(SimulatedProcess run)
    {
        Assert.True(run.TakeAsync(CancellationToken.None).IsCompleted);
        return run.Run.HandOver(run, run);
    }

    private static SendRequest Request(string name) => new("m", [new Document(new MemorySource(name, $"%PDF-1.7 {name}"))]);

    private static void Pass(SimulatedTime time, TimeSpan span)
    {
        for (Task over = time.Delay(span, CancellationToken.None); !over.IsCompleted;)
            time.Step();
    }
}
