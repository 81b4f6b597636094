using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>The journal's disk fills while a document is on the wire, and its answer is lost: what docs/architecture.md tells.</summary>
public class FullDiskTests
{
    [Theory]
    [InlineData(FaultKind.CutAfter, SendingEnd.Found)]
    [InlineData(FaultKind.CutUnprocessed, SendingEnd.Held)]
    public async Task The_document_is_found_or_held_and_the_next_run_knows_that_it_may_be_billed(FaultKind kind, object end)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(12);
        lab.Fault(new FaultRule { Kind = kind, Route = "LabelFile", FileName = all[5].FileName });
        Night night = await lab.OpenAsync(throttle: 1);
        night.OnBegan = document => night.IsDiskFull |= document.Source == all[5];
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));

        // Nothing began after it, and what was on the wire was looked for all the same.
        Assert.Equal(NanonetsErrorId.JournalUnavailable, night.Run.StopReason!.ErrorId);
        Assert.Equal((6, 5, 6), (lab.Posts.Count, night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Unsent]));
        Assert.Equal(end, night.Of(all[5]).End);
        Assert.Equal(UploadState.Sending, lab.Entries().Single(entry => entry.Input == all[5].FileName).State);

        // There is room again: it is found by the tag that was written down before its first byte, or proven missing and sent once more.
        await lab.SettleAsync(all);
    }

    [Fact]
    public async Task A_disk_that_is_full_before_an_attempt_starts_lets_not_one_byte_leave()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(5);
        Night night = await lab.OpenAsync(throttle: 1);
        night.Consumer = (document, _) =>
        {
            night.IsDiskFull |= document.Source == all[2];
            return Task.CompletedTask;
        };
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));
        Assert.Equal((3, 3, 2), (lab.Posts.Count, lab.Charges, night.Tally[SendingEnd.Unsent]));
        await lab.SettleAsync(all);
    }
}
