using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Web;
using Nanonets.Client.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Listing;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>
/// When what a journal may have lost is known again, as tables: only a listing that was read to its end, and shows what it must, makes it
/// whole.
/// </summary>
public class JournalRebuildTests
{
    private const string Model = "m";
    private const string TagId = "0123456789abcdef0123";

    /// <summary>The test's clock: noon.</summary>
    private static readonly DateTimeOffset s_now = new ManualClock().UtcNow;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Times in hours from the midnight before now.</summary>
    [Theory]
    [InlineData("Restored", 12d, 0)]
    [InlineData("Restored", 1d, 0)]
    [InlineData("Restored", 0.9999, -1)]
    [InlineData("Restored", 0d, -1)]
    [InlineData("Restored", -23d, -1)]
    [InlineData("Restored", -23.0001, -2)]
    [InlineData("Restored", -2400d, -101)]
    [InlineData("Restored", 100d, 0)]
    [InlineData("Restored", null, -30)]
    [InlineData("New", null, -2)]
    [InlineData("Whole", null, null)]
    public async Task The_listing_is_read_from(string state, double? knownUntil, int? day)
    {
        DateTimeOffset? until = knownUntil is { } hours ? s_now.AddHours(-12).AddHours(hours) : null;
        using var journal = new MemoryJournal { Continuity = new ModelContinuity(Enum.Parse<JournalContinuity>(state), until) };
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        using var test = new TestClient();
        string? query = null;
        test.Respond(request =>
        {
            query = request.RequestUri!.Query;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Listing()) });
        });
        await new JournalRebuild(new TestContexts().Of(test, run, stop: Cancel), Model).CompleteAsync();
        int today = EpochDay.Of(s_now);
        Assert.Equal((day, day is null ? (int?)null : 1), (Day("start_day_interval"), Day("current_batch_day")));

        int? Day(string name) => query is null ? null : int.Parse(HttpUtility.ParseQueryString(query)[name]!, null) - today;
    }

    [Theory]
    [InlineData("Whole", "fails", "whole")]
    [InlineData("New", "is empty", "whole")]
    [InlineData("New", "fails", "warns")]
    [InlineData("New", "is not complete", "warns")]
    [InlineData("Restored", "fails", "refuses")]
    [InlineData("Restored", "is not complete", "refuses")]
    [InlineData("Restored", "breaks off", "refuses")]
    [InlineData("Restored", "is empty", "refuses")]
    [InlineData("Restored", "shows the last", "whole")]
    [InlineData("Restored", "shows the last without its tag", "refuses")]
    [InlineData("Restored", "shows the last with another tag", "refuses")]
    [InlineData("Restored", "shows another", "refuses")]
    [InlineData("Restored", "is empty, and the user takes the risk", "whole")]
    [InlineData("Restored", "fails, and the user takes the risk", "refuses")]
    [InlineData("Restored", "is cancelled", "is cancelled")]
    public async Task A_listing_that_leads_to(string state, string listing, string expected)
    {
        bool isRestored = state == "Restored";
        using var journal = new MemoryJournal
        {
            Continuity = new ModelContinuity(Enum.Parse<JournalContinuity>(state), isRestored ? s_now : null),
        };
        using IJournalRun run = await journal.StartRunAsync(Cancel);
        using var test = new TestClient();
        using var stop = new CancellationTokenSource();
        if (isRestored)
            await AcceptAsync(run, test.Client.BaseUri.ToString());
        string body = listing switch
        {
            "shows the last" => Listing(Page("f1", $"nn1.{TagId}.1")),
            "shows the last without its tag" => Listing(Page("f1", "")),
            "shows the last with another tag" => Listing(Page("f1", $"nn1.{TagId[1..]}f.1")),
            "shows another" => Listing(Page("f2", $"nn1.{TagId}.1")),
            "is not complete" => Listing().Replace("\"unmoderated_images_count\":0", "\"unmoderated_images_count\":1"),
            "breaks off" => Listing(Page("f1", $"nn1.{TagId}.1"))[..^60],
            _ => Listing(),
        };
        test.Respond(async _ =>
        {
            if (listing == "is cancelled")
                await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
            var status = listing.StartsWith("fails", StringComparison.Ordinal) ? HttpStatusCode.BadGateway : HttpStatusCode.OK;
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        });
        bool takesTheRisk = listing.EndsWith("risk", StringComparison.Ordinal);
        var options = new SendingOptions { OnAmbiguous = takesTheRisk ? AmbiguousAction.Resend : AmbiguousAction.Resolve };
        var words = new TestContexts();
        var rebuild = new JournalRebuild(words.Of(test, run, options, stop.Token), Model);
        string end = await EndAsync(rebuild);
        bool isWhole = (await run.ContinuityAsync(test.Client.BaseUri.ToString(), Model, Cancel)).State == JournalContinuity.Whole;
        Assert.Equal(expected, isWhole ? "whole" : words.Warnings.Count > 0 ? "warns" : end);

        // No other model of the service, and not the same of another service.
        Assert.Equal(state, (await run.ContinuityAsync(test.Client.BaseUri.ToString(), "n", Cancel)).State.ToString());
        Assert.Equal(state, (await run.ContinuityAsync("https://elsewhere.example/", Model, Cancel)).State.ToString());
    }

    private static async Task<string> EndAsync(JournalRebuild rebuild)
    {
        try
        {
            await rebuild.CompleteAsync();
            return "ends";
        }
        catch (OperationCanceledException)
        {
            return "is cancelled";
        }
        catch (NanonetsException refusal) when (refusal.ErrorId == NanonetsErrorId.JournalUnavailable)
        {
            return "refuses";
        }
    }

    private static async Task AcceptAsync(IJournalRun run, string origin)
    {
        var planned = JournalEntry.Planned(new DocumentKey(origin, Model, "a"), "a.pdf", null, 1);
        long id = (await run.BeginAsync(planned, ResendScope.None, s_now, Cancel)).Entry.EntryId;
        await run.RecordAsync(id, new UploadChange.Starting(s_now, $"nn1.{TagId}.1"), Cancel);
        await run.RecordAsync(id, new UploadChange.Accepted(s_now, 1, "f1", 1), Cancel);
    }

    private static string Page(string id, string metadata) =>
        $$"""{"id":"p","request_file_id":"{{id}}","original_file_name":"a.pdf","request_metadata":"{{metadata}}"}""";

    private static string Listing(params string[] pages) => $$"""
        {"moderated_images_count":0,"unmoderated_images_count":{{pages.Length}},"moderated_images":[],
        "unmoderated_images":[{{string.Join(',', pages)}}],"signed_urls":{} }
        """;
}
