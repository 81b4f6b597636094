using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>Connections that break and answers that say the wrong thing, or nothing.</summary>
public class BrokenAnswerTests
{
    /// <summary>All but the first few: without an upload before it nothing can be proven missing.</summary>
    private const string Most = "doc-01*";

    [Fact]
    public Task What_is_cut_mid_body_is_sent_again_at_once() => CutBodiesAsync(30);

    [Fact(Explicit = true)]
    public Task Of_500_what_is_cut_mid_body_is_sent_again_at_once() => CutBodiesAsync(500);

    [Theory]
    [InlineData(502, FaultBody.Html)]
    [InlineData(503, FaultBody.Service)]
    [InlineData(504, FaultBody.Empty)]
    public Task Server_errors_before_and_after_processing_charge_nothing_twice(int status, FaultBody body) => FailAsync(60, status, body);

    [Theory(Explicit = true)]
    [InlineData(502, FaultBody.Html)]
    [InlineData(503, FaultBody.Service)]
    [InlineData(504, FaultBody.Empty)]
    public Task Server_errors_before_and_after_processing_charge_none_of_500_twice(int status, FaultBody body) =>
        FailAsync(500, status, body);

    [Fact]
    public Task A_slow_service_never_has_two_uploads_of_one_document() => SlowAsync(60);

    [Fact(Explicit = true)]
    public Task A_slow_service_never_has_two_uploads_of_one_of_500_documents() => SlowAsync(500);

    [Fact]
    public Task Connections_that_close_in_good_order_send_nothing_unseen() => CloseAsync(60, idle: false);

    [Fact]
    public Task Connections_that_close_while_they_are_idle_send_nothing_unseen() => CloseAsync(60, idle: true);

    [Fact(Explicit = true)]
    public Task Connections_that_close_in_good_order_send_none_of_500_unseen() => CloseAsync(500, idle: false);

    [Fact(Explicit = true)]
    public Task Connections_that_close_while_they_are_idle_send_none_of_500_unseen() => CloseAsync(500, idle: true);

    [Theory]
    [InlineData(FaultBody.TruncatedJson)]
    [InlineData(FaultBody.Empty)]
    [InlineData(FaultBody.Html)]
    [InlineData(FaultBody.EmptyResult)]
    public Task A_success_that_names_nothing_is_looked_for(FaultBody body) => NamelessAsync(40, body);

    [Theory(Explicit = true)]
    [InlineData(FaultBody.TruncatedJson)]
    [InlineData(FaultBody.Empty)]
    [InlineData(FaultBody.Html)]
    [InlineData(FaultBody.EmptyResult)]
    public Task Of_500_a_success_that_names_nothing_is_looked_for(FaultBody body) => NamelessAsync(500, body);

    [Fact]
    public async Task A_success_that_names_fewer_files_than_were_sent_is_looked_for()
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.StatusAfter, Status = 200, Body = FaultBody.FewerFiles, AnswerFiles = 3,
            Route = "LabelFile", Every = 2 });
        UploadSource[] documents = lab.Documents(40);
        Night night = await lab.OpenAsync(durable: false);
        await lab.RunAsync(night, documents.Chunk(5).Select(five => lab.Job(five)));
        Assert.Equal((40, 8), (lab.Charges, lab.Posts.Count));
        Assert.Equal((32, 8), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Found]));
    }

    private static async Task CutBodiesAsync(int documents)
    {
        await using Lab lab = await Lab.StartAsync();

        // Larger than what the system takes from a client before anybody reads: only then is it proven that the last byte did not leave.
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.CutUpload, Route = "LabelFile", FileName = "large-*", CountPerFile = true, To = 1,
                AfterBytes = 100_000 });
        UploadSource[] large =
            [.. Enumerable.Range(0, documents / 10).Select(number => lab.Document($"large-{number}.pdf", bytes: 16 * 1024 * 1024))];
        UploadSource[] all = [.. lab.Documents(documents - large.Length), .. large];
        Night night = await lab.NightAsync(all);
        Assert.Equal((documents, documents), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Assert.Equal((large.Length, documents + large.Length), (fault.Hits, lab.Posts.Count));
        Assert.Equal(lab.Posts.Count, lab.Entries().Sum(static entry => entry.Attempts));

        // Only the look at the beginning, for what a lost journal may have sent; none for what was cut.
        Assert.InRange(lab.Listings, 0, 1);
        Assert.InRange(lab.Time.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Figures.Report($"{documents} documents, {fault.Hits} cut mid-body: {lab.Charges} charges, resent after "
            + $"{lab.Time.Elapsed.TotalSeconds:0.0} s at most");
    }

    private static async Task FailAsync(int documents, int status, FaultBody body)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule before = lab.Fault(
            new FaultRule { Kind = FaultKind.Status, Status = status, Body = body, Route = "LabelFile", FileName = Most, Probability = 0.1,
                Seed = 1, CountPerFile = true, To = 1 });
        FaultRule after = lab.Fault(
            new FaultRule { Kind = FaultKind.StatusAfter, Status = status, Body = body, Route = "LabelFile", FileName = Most,
                Probability = 0.1, Seed = 2, CountPerFile = true, To = 1 });
        UploadSource[] all = [.. lab.Documents(4), .. lab.Documents(documents - 4, 1000)];
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(40), documents));
        Assert.True(before.Hits > 0 && after.Hits > 0);
        Assert.InRange(lab.Charges, documents - before.Hits, documents);
        Assert.Equal(documents, night.Count(SendingEnd.Accepted, SendingEnd.Found, SendingEnd.Held));
        (int charges, int held) = (lab.Charges, night.Tally[SendingEnd.Held]);
        int nights = await lab.SettleAsync(all);
        Figures.Report($"{status} {body}: {documents} documents, {before.Hits} failed before and {after.Hits} after processing: {charges} "
            + $"charges, {held} held; all settled after {nights} more night(s)");
    }

    private static async Task SlowAsync(int documents)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule after = lab.Fault(
            new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromMinutes(4), Route = "LabelFile", FileName = Most,
                Probability = 0.15, Seed = 3, CountPerFile = true, To = 1 });
        FaultRule before = lab.Fault(
            new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromMinutes(4), Route = "LabelFile", FileName = Most,
                Probability = 0.1, Seed = 4, CountPerFile = true, To = 1 });
        UploadSource[] all = [.. lab.Documents(4), .. lab.Documents(documents - 4, 1000)];
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(40), documents));
        Assert.True(before.Hits > 0 && after.Hits > 0);
        Assert.Equal(documents, night.Count(SendingEnd.Accepted, SendingEnd.Found, SendingEnd.Held));
        foreach (IGrouping<string, LoggedRequest> same in lab.Posts.GroupBy(static post => post.FileHashes.Single()))
        {
            LoggedRequest[] posts = [.. same.OrderBy(static post => post.Began)];
            Assert.All(posts.Zip(posts.Skip(1)),
                static pair => Assert.True(
                    pair.First.Ended < pair.Second.Began, $"{pair.First.FileNames[0]} was sent again before its first upload had ended."));
        }

        int nights = await lab.SettleAsync(all);
        Figures.Report($"{documents} documents, {before.Hits + after.Hits} given up after 100 s: no two uploads of one in flight, "
            + $"{night.Tally[SendingEnd.Held]} held; all settled after {nights} more night(s)");
    }

    private static async Task CloseAsync(int documents, bool idle)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule[] faults = idle ? [lab.Fault(new FaultRule { Kind = FaultKind.CloseIdle, Route = "LabelFile", Every = 2 })] :
        [
            lab.Fault(new FaultRule { Kind = FaultKind.CutUnprocessed, Graceful = true, OnReusedConnection = true, Route = "LabelFile",
                FileName = Most, Probability = 0.1, Seed = 6, CountPerFile = true, To = 1 }),
            lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Graceful = true, OnReusedConnection = true, Route = "LabelFile",
                FileName = Most, Probability = 0.1, Seed = 7, CountPerFile = true, To = 1 }),
            lab.Fault(new FaultRule { Kind = FaultKind.ConnectionClose, Route = "LabelFile", Every = 5 }),
        ];
        UploadSource[] all = [.. lab.Documents(4), .. lab.Documents(documents - 4, 1000)];
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(40), documents));
        Assert.All(faults, static fault => Assert.True(fault.Hits > 0));
        Assert.Equal(documents, night.Count(SendingEnd.Accepted, SendingEnd.Found, SendingEnd.Held));
        Dictionary<string, int> posts = lab.Posts.GroupBy(static post => post.FileHashes.Single())
            .ToDictionary(static same => same.Key, static same => same.Count());
        foreach (JournalEntry entry in lab.Entries())
        {
            // What is sent into a connection that is just being closed never gets there, and is an attempt all the same.
            int arrived = posts.GetValueOrDefault(entry.ContentHash);
            Assert.InRange(arrived, idle ? 0 : entry.Attempts, entry.Attempts);
        }

        (int wire, int attempts) = (lab.Posts.Count, lab.Entries().Sum(static entry => entry.Attempts));
        int nights = await lab.SettleAsync(all);
        Figures.Report($"{documents} documents, {faults.Sum(static fault => fault.Hits)} connections closed: {wire} POSTs on the wire, "
            + $"{attempts} attempts in the journal; all settled after {nights} more night(s)");
    }

    private static async Task NamelessAsync(int documents, FaultBody body)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.StatusAfter, Status = 200, Body = body, Route = "LabelFile", Probability = 0.2, Seed = 8 });
        Night night = await lab.NightAsync(lab.Documents(documents));
        Assert.True(fault.Hits > 0);
        Assert.Equal((documents, documents), (lab.Charges, lab.Posts.Count));
        Assert.Equal((documents - fault.Hits, fault.Hits), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Found]));
        Figures.Report($"{body}: {documents} documents, {fault.Hits} nameless: {lab.Charges} charges, "
            + $"{night.Tally[SendingEnd.Found]} found");
    }
}
