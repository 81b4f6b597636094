using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>One document, or one request, that the service treats in its own way, while the night goes on.</summary>
public class SingleDocumentTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task Equal_names_with_equal_text_are_never_mixed_up(bool tagged, bool firstArrives)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] twins = [lab.Document("a/invoice.pdf"), lab.Document("b/invoice.pdf")];

        // Of two that look alike one is stored and its answer lost; the other never arrived.
        lab.Fault(new FaultRule { Kind = firstArrives ? FaultKind.CutAfter : FaultKind.CutUnprocessed, Route = "LabelFile",
            FileName = "invoice.pdf", To = 1 });
        lab.Fault(new FaultRule { Kind = firstArrives ? FaultKind.CutUnprocessed : FaultKind.CutAfter, Route = "LabelFile",
            FileName = "invoice.pdf", To = 1 });
        UploadSource[] all = [.. lab.Documents(6), .. twins, .. lab.Documents(40, 100)];
        Night night = await lab.NightAsync(
            all, new SendingOptions { PagesPerMinute = 2, TagMetadata = tagged }, metadata: static _ => "supplier 7", throttle: 4);

        // The tag tells them apart, and without it the bytes of the stored original: the one is found in any order, the other is proven
        // missing and sent again, or held.
        string stored = Assert.Single(lab.Posts, static post => post.Fault == FaultKind.CutAfter).FileHashes.Single();
        UploadSource found = Assert.Single(twins, twin => Promises.HashOf(twin) == stored);
        UploadSource missing = Assert.Single(twins, twin => twin != found);
        Assert.True(night.Of(found).HasPages, $"It is stored and was not found: {night.Of(found).End} {night.Of(found).Error?.Message}");
        Assert.True(night.Of(missing).HasPages || (!tagged && night.Of(missing).End == SendingEnd.Held), $"{night.Of(missing).End}");
        int sentAgain = night.Of(missing).HasPages ? 1 : 0;
        Assert.Equal((47 + sentAgain, 48 + sentAgain), (lab.Charges, lab.Posts.Count));
        Assert.Equal(46, night.Ends.Count(static end => end.Outcome.HasPages && end.Document.Source.FileName != "invoice.pdf"));
    }

    [Fact]
    public async Task Of_twenty_files_of_a_request_only_the_missing_ones_are_sent_again()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] batch = [.. Enumerable.Range(0, 20).Select(number => lab.Document($"batch-{number:00}.pdf"))];
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.Partial, AcceptFiles = 7, Route = "LabelFile", FileName = "batch-*", To = 1 });
        lab.Fault(new FaultRule { Kind = FaultKind.DelayAfter, Delay = TimeSpan.FromSeconds(50), Route = "LabelFile", FileName = "doc-*" });
        Night night = await lab.OpenAsync(throttle: 2, durable: false);
        await lab.RunAsync(night,
            [.. lab.Documents(4).Select(one => lab.Job(one)), lab.Job(batch), .. lab.Documents(36, 100).Select(one => lab.Job(one))]);
        Assert.Equal(1, fault.Hits);
        Assert.Equal((60, 60), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Dictionary<string, int> posts = lab.Posts.SelectMany(static post => post.FileNames).CountBy(static name => name).ToDictionary();
        Assert.Equal((7, 13), (batch.Count(file => posts[file.FileName] == 1), batch.Count(file => posts[file.FileName] == 2)));
    }

    [Theory]
    [InlineData(FaultBody.Service)]
    [InlineData(FaultBody.Html)]
    public async Task A_document_that_always_answers_500_is_sent_twice_in_three_nights(FaultBody body)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource poison = lab.Document("poison.pdf");
        UploadSource[] all = [.. lab.Documents(6), poison];
        for (int night = 0; night < 3; night++)
        {
            lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = 500, Body = body, Route = "LabelFile", FileName = "poison.pdf" });
            all = [.. all, .. lab.Documents(20, 100 * (night + 1))];
            Night run = await lab.NightAsync(all, new SendingOptions { PagesPerMinute = 1 });
            Assert.Equal(SendingEnd.Held, run.Of(poison).End);
            Assert.Equal(all.Length - 1, run.Ends.Count(static end => end.Outcome.HasPages));
            lab.Mend(TimeSpan.FromHours(23));
        }

        int posts = lab.Posts.Count(static post => post.FileNames.Contains("poison.pdf"));
        Assert.InRange(posts, 1, 2);
        Figures.Report($"{posts} POST(s) in three nights");
    }

    [Fact]
    public async Task A_foreign_403_for_one_file_fails_that_file_and_the_night_goes_on()
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = 403, Body = FaultBody.Html, Route = "LabelFile",
            FileName = "doc-00004.pdf" });
        UploadSource[] all = lab.Documents(40);
        Night night = await lab.NightAsync(all);
        Assert.Equal((39, 1), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Held]));
        Assert.Equal(SendingEnd.Held, night.Of(all[4]).End);
        Assert.Equal((39, 40), (lab.Charges, lab.Posts.Count));
        Assert.Null(night.Run.StopReason);
    }

    [Fact]
    public async Task The_same_content_under_two_names_is_sent_once_when_the_first_copy_is_locked()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] copies =
            [.. Enumerable.Range(1, 3).Select(number => lab.Document($"copy-{number}.pdf", "the same", bytes: 1_000_000))];
        Night night = await lab.OpenAsync(throttle: 3);

        // The one that is sent first could be read for its hash; when it is to be sent somebody has locked it.
        UploadSource? locked = null;
        FileStream? holder = null;
        night.OnBegan = document =>
        {
            if (locked is null)
                holder = new FileStream((locked = document.Source).SourcePath!, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        };
        await lab.RunAsync(night, copies.Select(one => lab.Job(one)));
        holder!.Dispose();
        Assert.Equal((SendingEnd.NotSent, NanonetsErrorId.SourceUnavailable), (night.Of(locked!).End, night.Of(locked!).Error!.ErrorId));
        Assert.Equal((1, 1), (lab.Charges, lab.Posts.Count));
        UploadSource[] others = [.. copies.Where(one => one != locked)];
        Assert.All(others, one => Assert.True(night.Of(one).HasPages));
        Assert.Single(others.Select(one => night.Of(one).RequestFileId).Distinct());
    }
}
