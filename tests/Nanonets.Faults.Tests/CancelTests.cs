using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Runs that a person ends at any instant, and begins again.</summary>
public class CancelTests
{
    [Fact]
    public Task Cancelled_at_random_instants_and_begun_again_nothing_is_lost_or_repeated() => CancelAsync(60, cancels: 6);

    [Fact(Explicit = true)]
    public Task Cancelled_at_fifty_random_instants_none_of_500_documents_is_lost_or_repeated() => CancelAsync(500, cancels: 50);

    private static async Task CancelAsync(int documents, int cancels)
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromSeconds(20), Route = "LabelFile", Probability = 0.3,
            Seed = 1 });
        UploadSource[] all = lab.Documents(documents);
        var random = new Random(20250317);
        TimeSpan slowest = TimeSpan.Zero;
        for (int cancel = 0; cancel < cancels; cancel++)
        {
            Night night = await lab.OpenAsync();
            int at = random.Next(1, Math.Max(3, documents / cancels));
            int steps = 0;
            var watch = new Stopwatch();
            void Step()
            {
                if (System.Threading.Interlocked.Increment(ref steps) != at)
                    return;
                watch.Start();
                night.Cancel.Cancel();
            }

            // Half of them when a document is about to leave, half when an outcome has come.
            if (cancel % 2 == 0)
                night.OnBegan = _ => Step();
            else
                night.Consumer = (_, _) =>
                {
                    Step();
                    return Task.CompletedTask;
                };
            await lab.RunAsync(night, all.Select(one => lab.Job(one)));
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        await lab.SettleAsync(all);
        Figures.Report($"{documents} documents, cancelled {cancels} times: all charged once; the slowest end took "
            + $"{slowest.TotalMilliseconds:0} ms");
    }
}
