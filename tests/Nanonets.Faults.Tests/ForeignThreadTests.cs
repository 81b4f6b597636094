using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Nobody's work is done on the thread of somebody else who only wanted to stop the run.</summary>
public class ForeignThreadTests
{
    [Fact]
    public async Task Who_cancels_comes_back_without_having_handed_over_outcomes()
    {
        await using Lab lab = await Lab.StartAsync();

        // The first upload of a run goes alone: the others wait for its answer.
        lab.Fault(new FaultRule { Kind = FaultKind.DelayAfter, Route = "LabelFile", Delay = TimeSpan.FromSeconds(80), To = 1 });
        Night night = await lab.OpenAsync(throttle: 5);
        var inside = new ConcurrentQueue<string>();
        int canceller = 0;
        night.Consumer = (document, outcome) =>
        {
            if (Environment.CurrentManagedThreadId == canceller)
                inside.Enqueue($"{document.Source.FileName} {outcome.End}");
            return Task.CompletedTask;
        };
        using IDisposable alarm = lab.Time.After(TimeSpan.FromSeconds(40), () =>
        {
            canceller = Environment.CurrentManagedThreadId;
            night.Cancel.Cancel();
            canceller = 0;
        });
        await lab.RunAsync(night, lab.Documents(12).Select(one => lab.Job(one)));
        Assert.True(night.Cancel.IsCancellationRequested);
        Assert.True(inside.IsEmpty, $"Handed over inside Cancel: {string.Join(", ", inside)}");
    }
}
