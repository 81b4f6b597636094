using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>Services that fall silent, and such that are only slow.</summary>
public class SilenceTests
{
    [Theory]
    [InlineData(FaultKind.Stall, 100)]
    [InlineData(FaultKind.StallAfter, 100)]
    [InlineData(FaultKind.StalledAnswer, 60)]
    public async Task A_silent_answer_is_given_up_and_looked_for(FaultKind kind, int seconds)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(new FaultRule { Kind = kind, Route = "LabelFile", FileName = "doc-00003.pdf", To = 1 });
        UploadSource[] all = lab.Documents(20);
        Night night = await lab.NightAsync(all);
        Assert.Equal(1, fault.Hits);
        RequestTrace silent = Assert.Single(night.Traces, static trace => trace.Failure is not null);
        Assert.Equal("RequestTimedOut", silent.Failure);
        double lasted = (lab.Time.Start + lab.Time.Elapsed - lab.Posts.Single(post => post.Fault == kind).ReceivedAt).TotalSeconds;
        Assert.InRange(lasted, seconds, seconds + 600);
        Assert.Equal(kind == FaultKind.Stall ? SendingEnd.Held : SendingEnd.Found, night.Of(all[3]).End);
        Assert.Equal(19, night.Tally[SendingEnd.Accepted]);
        await lab.SettleAsync(all);
    }

    [Fact]
    public async Task A_dribbling_answer_may_take_any_time()
    {
        await using Lab lab = await Lab.StartAsync(static options => options.QueuedAnswer = QueuedAnswer.Flat);
        lab.Time.CalmLooks = 5;
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.DribbledAnswer, Delay = TimeSpan.FromSeconds(28), AfterBytes = 2700,
                Route = "LabelFile", To = 1 });
        Night night = await lab.NightAsync(lab.Documents(3));
        Assert.Equal((1, 3), (fault.Hits, night.Tally[SendingEnd.Accepted]));
        Assert.Equal((3, 3), (lab.Charges, lab.Posts.Count));
        Assert.True(lab.Time.Elapsed > TimeSpan.FromMinutes(30), lab.Time.Elapsed.ToString());
        Figures.Report($"dribbled for {lab.Time.Elapsed.TotalMinutes:0} min, accepted");
    }

    [Fact]
    public async Task A_stalled_upload_is_given_up_and_sent_again()
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.StallUpload, AfterBytes = 100_000, Route = "LabelFile", FileName = "large.pdf", To = 1 });
        UploadSource large = lab.Document("large.pdf", bytes: 16 * 1024 * 1024);
        Night night = await lab.NightAsync([.. lab.Documents(3), large, .. lab.Documents(3, 100)]);
        Assert.Equal((1, 7), (fault.Hits, night.Tally[SendingEnd.Accepted]));
        Assert.Equal("RequestTimedOut", Assert.Single(night.Traces, static trace => trace.Failure is not null).Failure);
        LoggedRequest[] posts = [.. lab.Posts.Where(static post => post.FileNames.Contains("large.pdf"))];
        Assert.Equal(2, posts.Length);
        Assert.InRange((posts[1].ReceivedAt - posts[0].ReceivedAt).TotalSeconds, 60, 65);
    }
}
