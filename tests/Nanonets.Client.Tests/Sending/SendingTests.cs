using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>Single failures, one at a time, in simulated time: what is sent, what is charged, and how each document ends.</summary>
public class SendingTests
{
    private const int Many = 500;

    [Theory]
    [InlineData(Mishap.LostAfter)]
    [InlineData(Mishap.TruncatedAnswer)]
    [InlineData(Mishap.EmptyResult)]
    [InlineData(Mishap.Error503After)]
    public void A_fifth_of_the_answers_is_lost_and_all_are_found(object mishap) => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.Mishaps = name => name != "early" && Number(name) % 5 == 1 ? (Mishap)mishap : Mishap.None;
        SimulatedProcess run = world.Run(Many);
        Assert.Equal(Many, world.Service.Files.Count);
        Assert.Equal(Many, world.Service.Uploads);
        Assert.Equal(Many, run.Run.Tally[SendingEnd.Accepted] + run.Run.Tally[SendingEnd.Found]);
        Assert.Equal(Many / 5, run.Run.Tally[SendingEnd.Found]);
        Assert.InRange(world.Service.Listings, 1, 10);
    });

    [Fact]
    public void What_was_cut_before_its_last_byte_is_sent_again_at_once() => Simulate.Run(() =>
    {
        var world = new World();
        int call = 0;

        // Few enough that no document meets it five times: that would be its own failure.
        world.Service.Mishaps = name => name == "early" && ++call % 20 == 3 ? Mishap.CutInTheMiddle : Mishap.None;
        SimulatedProcess run = world.Run(Many);
        Assert.Equal((Many, Many), (world.Service.Files.Count, run.Run.Tally[SendingEnd.Accepted]));
        Assert.Equal(0, world.Service.Listings);
        Assert.Equal(world.Service.Uploads, world.Journal.Query(new JournalQuery()).Sum(entry => entry.Attempts));
    });

    [Theory]
    [InlineData("lag 30 s")]
    [InlineData("lag 1 h")]
    [InlineData("hides queued")]
    [InlineData("capped")]
    [InlineData("drops metadata")]
    [InlineData("truncates metadata")]
    [InlineData("fails")]
    [InlineData("cut")]
    public void A_listing_with_bad_habits_leads_to_no_second_charge_and_a_later_run_settles_what_is_held(string habit) => Simulate.Run(() =>
    {
        var world = new World();
        ListingHabits listing = world.Service.Listing;
        switch (habit)
        {
            case "lag 30 s": listing.Lag = TimeSpan.FromSeconds(30); break;
            case "lag 1 h": listing.Lag = TimeSpan.FromHours(1); break;
            case "hides queued": listing.HidesQueued = true; break;
            case "capped": listing.Cap = 100; break;
            case "drops metadata": listing.DropsMetadata = true; break;
            case "truncates metadata": listing.TruncatesMetadata = 12; break;
            case "fails": listing.Fails = 1; break;
            default: listing.IsCut = 1; break;
        }

        world.Service.Mishaps = name => name != "early" && Number(name) % 5 == 1 ? Mishap.LostAfter : Mishap.None;
        SimulatedProcess first = world.Run(Many);
        Assert.Equal(Many, world.Service.Files.Count);
        Assert.Equal(Many, first.Run.Tally.Documents);
        Assert.All(first.Ends, end => Assert.True(end.Outcome.HasPages || end.Outcome.End == SendingEnd.Held));
        Assert.All(first.Ends.Where(end => end.Outcome.End == SendingEnd.Held),
            end => Assert.Equal(NanonetsErrorId.UploadAmbiguous, end.Outcome.Error!.ErrorId));

        world.Time.Pass(TimeSpan.FromHours(3));
        world.Service.Mishaps = _ => Mishap.None;
        (listing.Cap, listing.DropsMetadata, listing.TruncatesMetadata, listing.Fails, listing.IsCut) = (null, false, null, 0, 0);
        SimulatedProcess second = world.Run(Many);
        Assert.All(second.Ends, end => Assert.True(end.Outcome.HasPages));
        Assert.Equal((Many, Many), (world.Service.Files.Count, world.Service.Uploads));
    });

    [Fact]
    public void A_document_that_always_fails_is_sent_twice_in_all_its_nights() => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.Mishaps = name => name == "doc-0005.pdf" ? Mishap.Error503Before : Mishap.None;
        for (int night = 0; night < 4; night++)
        {
            SimulatedProcess run = world.Run(20 * (night + 1));
            Assert.Equal(SendingEnd.Held, run.Ends.Single(end => end.Document.Source.FileName == "doc-0005.pdf").Outcome.End);
            world.Time.Pass(TimeSpan.FromHours(24));
        }

        Assert.InRange(world.Service.Log.Count(entry => entry.Name == "doc-0005.pdf"), 1, 2);
    });

    /// <summary>
    /// What proves that it may be sent again proves too that the refusal is the last word. Who takes the risk sends it without a proof,
    /// which a later run has.
    /// </summary>
    [Theory]
    [InlineData(AmbiguousAction.Resolve, "Held Refused RefusedBefore RefusedBefore", 2)]
    [InlineData(AmbiguousAction.Resend, "Held Held Refused RefusedBefore", 4)]
    public void A_document_that_is_refused_after_it_was_proven_missing_is_refused_for_good(
        AmbiguousAction action, string expected, int tries) => Simulate.Run(() =>
    {
        const string name = "doc-0005.pdf";
        var world = new World();
        int tried = 0;
        world.Service.Mishaps = one => one != name ? Mishap.None : tried++ == 0 ? Mishap.LostBefore : Mishap.Refused;
        var ends = new List<SendingEnd>();
        for (int night = 0; night < 4; night++)
        {
            SimulatedProcess run = new SimulatedProcess(
                world.Time, world.Service, world.Journal, new SendingOptions { OnAmbiguous = action })
                .Complete(World.Documents(20 * (night + 1)));
            ends.Add(run.Ends.Single(end => end.Document.Source.FileName == name).Outcome.End);
            world.Time.Pass(TimeSpan.FromHours(24));
        }

        Assert.Equal(expected, string.Join(' ', ends));
        Assert.Equal(tries, tried);
        Assert.Equal(UploadState.Refused, world.Journal.Query(new JournalQuery()).Single(entry => entry.Input == name).State);
    });

    [Fact]
    public void A_page_of_a_gateway_for_one_document_holds_that_document_only() => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.Mishaps = name => name == "doc-0003.pdf" ? Mishap.ForeignPage : Mishap.None;
        SimulatedProcess run = world.Run(40);
        Assert.Equal((39, 1), (run.Run.Tally[SendingEnd.Accepted], run.Run.Tally[SendingEnd.Held]));
        Assert.Equal(1, world.Service.Log.Count(entry => entry.Name == "doc-0003.pdf"));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_an_outage_of_three_hours_at_most_ten_uploads_are_tried_and_then_all_are_done(bool getsAnswer) => Simulate.Run(() =>
    {
        var world = new World();
        TimeSpan begins = TimeSpan.FromMinutes(2);
        TimeSpan ends = begins + TimeSpan.FromHours(3);
        bool Out() => world.Time.Elapsed >= begins && world.Time.Elapsed < ends;
        world.Service.Mishaps = name => name != "early" && Out() ? Mishap.Error503Before : Mishap.None;
        world.Service.IsDownFor = request => !getsAnswer && request == "GET" && Out();
        SimulatedProcess run = world.Run(3000, throttle: 5);
        Assert.InRange(world.Service.Log.Count(entry => entry.Mishap == Mishap.Error503Before), 1, 10);
        Assert.Equal(3000, run.Run.Tally.Documents);
        world.Time.Pass(TimeSpan.FromHours(1));
        SimulatedProcess later = world.Run(3000, throttle: 5);
        Assert.All(later.Ends, end =>
            Assert.True(end.Outcome.HasPages, $"{end.Document.Source.FileName} {end.Outcome.End} {end.Outcome.Error?.Message}"));
        Assert.All(world.Service.Files.GroupBy(file => file.Hash), same => Assert.Single(same));
    });

    [Fact]
    public void A_limit_of_pages_is_learned_and_kept() => Simulate.Run(() =>
    {
        const int PagesPerMinute = 150;
        var world = new World();
        var accepted = new Queue<TimeSpan>();
        world.Service.Mishaps = name =>
        {
            if (name == "early")
                return Mishap.None;
            while (accepted.Count > 0 && accepted.Peek() <= world.Time.Elapsed - TimeSpan.FromMinutes(1))
                accepted.Dequeue();
            if (accepted.Count >= PagesPerMinute)
                return Mishap.TooManyPages;
            accepted.Enqueue(world.Time.Elapsed);
            return Mishap.None;
        };
        TimeSpan start = world.Time.Elapsed;
        SimulatedProcess run = world.Run(3000, throttle: 8);
        Assert.Equal(3000, run.Run.Tally[SendingEnd.Accepted]);
        TimeSpan first = world.Service.Log.First(entry => entry.Mishap == Mishap.TooManyPages).At;
        int refusedLater = world.Service.Log.Count(
            entry => entry.Mishap == Mishap.TooManyPages && entry.At > first + TimeSpan.FromMinutes(1));
        Assert.InRange(refusedLater, 0, 30);
        double ideal = (3000.0 / PagesPerMinute) - 1;
        Assert.InRange((world.Service.Log[^1].At - start).TotalMinutes, ideal * 0.9, ideal * 1.05);
    });

    [Theory]
    [InlineData("""{"message":"Too Many Requests","code":429,"errors":[{"reason":"Gone","message":"This plan was retired"}]}""")]
    [InlineData("You have reached your daily limit.")]
    public void A_limit_that_no_waiting_mends_stops_the_run_and_is_quoted(string body) => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.TooManyPagesBody = body;
        world.Service.Mishaps = name => name != "early" && world.Service.Log.Count >= 5 ? Mishap.TooManyPages : Mishap.None;
        SimulatedProcess run = world.Run(20);
        Assert.Contains(
            body.Contains("retired", StringComparison.Ordinal) ? "This plan was retired" : "daily limit", run.Run.StopReason!.Message);
        Assert.Equal((5, 15), (run.Run.Tally[SendingEnd.Accepted], run.Run.Tally[SendingEnd.Unsent]));
        Assert.InRange(world.Service.Uploads, 6, 5 + 4);
    });

    [Theory]
    [InlineData("7", 7)]
    [InlineData("7.5", 7.5)]
    [InlineData("Mon, 17 Mar 2025 22:10:00 GMT", -1)]
    [InlineData("Monday, 17-Mar-25 22:10:00 GMT", -1)]
    [InlineData("2025-03-17T22:10:00Z", -1)]
    [InlineData("-5", 0)]
    [InlineData("soon", 30)]
    [InlineData("86400", 600)]
    public void Retry_After_is_honoured_in_every_form_and_capped(string header, double seconds) => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.RetryAfter = header;
        world.Service.Mishaps = name => name != "early" && world.Service.Log.Count == 0 ? Mishap.TooManyPages : Mishap.None;
        SimulatedProcess run = world.Run(1);
        Assert.Equal(SendingEnd.Accepted, run.Ends.Single().Outcome.End);
        TimeSpan waited = world.Service.Log[1].At - world.Service.Log[0].At;
        TimeSpan expected = seconds >= 0
            ? TimeSpan.FromSeconds(seconds)
            : new DateTimeOffset(2025, 3, 17, 22, 10, 0, TimeSpan.Zero) - world.At(world.Service.Log[0].At);

        // A request takes up to 0.9 s in this world.
        Assert.InRange((waited - expected).TotalSeconds, -1, 1.9);
        Assert.Equal(header == "86400" ? 1 : 0, run.Warnings.Count);
    });

    [Fact]
    public void Of_twenty_files_of_a_request_only_the_missing_ones_are_sent_again() => Simulate.Run(() =>
    {
        var world = new World();
        MemorySource[] documents = World.Documents(20);
        world.Service.KeepsOnly = names => names.Length == 20 ? [.. names.Take(7)] : names;
        world.Service.Mishaps = _ => Mishap.None;
        MemorySource[] others = [.. Enumerable.Range(100, 300).Select(World.Document)];
        var process = new SimulatedProcess(world.Time, world.Service, null, new SendingOptions { ResendAfter = TimeSpan.FromSeconds(10) });
        IEnumerable<SendRequest> jobs = others.Take(5).Select(Job)
            .Append(new SendRequest("m", [.. documents.Select(document => new Document(document))]))
            .Concat(others.Skip(5).Select(Job));
        world.Time.Run(process.SendAsync(jobs));
        Assert.All(documents, document => Assert.Equal(1, world.Service.TimesStored(document.Hash)));
        Assert.Equal(320, process.Ends.Count(end => end.Outcome.HasPages));
        Assert.All(process.Ends,
            end => Assert.Equal(
                ((MemorySource)end.Document.Source).Hash, world.Service.Files.Single(file => file.Id == end.Outcome.RequestFileId).Hash));

        static SendRequest Job(MemorySource source) => new("m", [new Document(source)]);
    });

    [Fact]
    public void Equal_names_with_equal_text_are_never_mixed_up() => Simulate.Run(() =>
    {
        var world = new World();
        MemorySource[] documents =
            [.. Enumerable.Range(0, 12).Select(i => new MemorySource("invoice.pdf", $"%PDF-1.7 number {i}", $"/in/{i}/invoice.pdf"))];
        int upload = 0;
        world.Service.Mishaps = name =>
            name == "early" ? Mishap.None : upload++ switch { 3 => Mishap.LostAfter, 5 => Mishap.LostBefore, _ => Mishap.None };
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, world.Journal).Complete(documents, static _ => "same text");
        Assert.All(run.Ends.Where(end => end.Outcome.HasPages), end =>
            Assert.Equal(
                ((MemorySource)end.Document.Source).Hash, world.Service.Files.Single(file => file.Id == end.Outcome.RequestFileId).Hash));
        Assert.Equal((1, 1), (run.Run.Tally[SendingEnd.Found], run.Run.Tally[SendingEnd.Held]));
    });

    [Fact]
    public void A_restored_journal_is_completed_from_the_tags() => Simulate.Run(() =>
    {
        var world = new World();
        world.Run(30);
        using var restored = new MemoryJournal { Continuity = new ModelContinuity(JournalContinuity.Restored, null) };
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, restored).Complete(World.Documents(40));
        Assert.Equal((30, 10), (run.Run.Tally[SendingEnd.Known], run.Run.Tally[SendingEnd.Accepted]));
        Assert.Equal(40, world.Service.Files.Count);

        world.Service.Listing.Fails = 1;
        using var again = new MemoryJournal { Continuity = new ModelContinuity(JournalContinuity.Restored, null) };
        SimulatedProcess refused = new SimulatedProcess(world.Time, world.Service, again).Complete(World.Documents(40));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, refused.Run.StopReason!.ErrorId);
        Assert.Equal((40, 40), (refused.Run.Tally[SendingEnd.Unsent], world.Service.Files.Count));
    });

    /// <summary>
    /// A listing may cut the text that a document was sent with: equal content then decides nothing, and different content does.
    /// </summary>
    [Theory]
    [InlineData("one", "one", SendingEnd.Known)]
    [InlineData("one", "o", SendingEnd.Held)]
    [InlineData("one", "", SendingEnd.Known)]
    [InlineData("two", "o", SendingEnd.Accepted)]
    public void After_a_restore_a_file_of_the_same_name_is_compared_whatever_its_text(string content, string text, object end) =>
        Simulate.Run(() =>
        {
            var world = new World();
            var document = new MemorySource("invoice.pdf", "%PDF-1.7 one");
            world.Service.Rival("invoice.pdf", "%PDF-1.7 " + content, text);
            using var restored = new MemoryJournal { Continuity = new ModelContinuity(JournalContinuity.Restored, null) };
            SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, restored).Complete([document], static _ => "one");
            Assert.Equal(end, run[document].End);
        });

    [Fact]
    public void A_journal_that_fails_stops_all_but_what_is_under_way() => Simulate.Run(() =>
    {
        var world = new World();
        var process = new SimulatedProcess(world.Time, world.Service, world.Journal);
        process.Journal.FullAtCall = 40;
        process.Complete(World.Documents(100));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, process.Run.StopReason!.ErrorId);
        Assert.Equal(100, process.Run.Tally.Documents);
        int done = process.Run.Tally[SendingEnd.Accepted];
        Assert.Equal(done, world.Service.Files.Count);
        Assert.InRange(done, 5, 20);
    });

    [Fact]
    public void The_second_copy_goes_when_the_first_never_did() => Simulate.Run(() =>
    {
        var world = new World();
        var locked = new MemorySource("a.pdf", "%PDF-1.7 same") { Opens = 1 };
        var copy = new MemorySource("b.pdf", "%PDF-1.7 same");
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, world.Journal).Complete([locked, copy]);
        Assert.Equal((SendingEnd.NotSent, SendingEnd.Accepted), (run[locked].End, run[copy].End));
        Assert.Single(world.Service.Files);
    });

    [Theory]
    [InlineData(1, Mishap.LostAfter)]
    [InlineData(9, Mishap.Refused)]
    [InlineData(9, Mishap.CutInTheMiddle)]
    public void What_may_be_billed_is_never_told_as_unsent_or_refused(int budget, object second) => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.Listing.Fails = 1;
        bool isFirst = true;
        world.Service.Mishaps = name =>
        {
            // Cuts are asked for before the name is read, everything else with it.
            bool isCut = (Mishap)second == Mishap.CutInTheMiddle;
            if (name == "early")
                return isCut && !isFirst ? Mishap.CutInTheMiddle : Mishap.None;
            if (!isFirst)
                return isCut ? Mishap.None : (Mishap)second;
            isFirst = false;
            return Mishap.LostAfter;
        };
        var options = new SendingOptions { OnAmbiguous = AmbiguousAction.Resend, PageBudget = budget,
            OutagePatience = TimeSpan.FromMinutes(30) };
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, world.Journal, options).Complete(World.Documents(1));
        SendingOutcome outcome = Assert.Single(run.Ends).Outcome;
        Assert.Equal((SendingEnd.Held, NanonetsErrorId.UploadAmbiguous), (outcome.End, outcome.Error!.ErrorId));
        Assert.Equal(UploadState.Held, world.Journal.Query(new JournalQuery()).Single().State);
        Assert.Single(world.Service.Files);
    });

    [Fact]
    public void Two_files_with_one_tag_are_told_with_both_ids() => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.StoresTwice = "doc-0002.pdf";
        world.Service.Mishaps = name => name == "doc-0002.pdf" ? Mishap.LostAfter : Mishap.None;
        SimulatedProcess run = world.Run(5);
        string warning = Assert.Single(run.Warnings, text => text.StartsWith("UploadDuplicated", StringComparison.Ordinal));
        Assert.All(world.Service.Files.Where(file => file.Name == "doc-0002.pdf"), file => Assert.Contains(file.Id, warning));
    });

    private static int Number(string name) => int.Parse(name.AsSpan(4, 4), System.Globalization.CultureInfo.InvariantCulture);

    private sealed class World
    {
        public World() => Service = new SimulatedService(Time, new Random(7));

        public SimulatedTime Time { get; } = new();

        public SimulatedService Service { get; }

        public MemoryJournal Journal { get; } = new();

        public DateTimeOffset At(TimeSpan elapsed) => Time.Now - Time.Elapsed + elapsed;

        public static MemorySource Document(int number) => new($"doc-{number:0000}.pdf", $"%PDF-1.7 document {number}");

        public static MemorySource[] Documents(int count) => [.. Enumerable.Range(0, count).Select(Document)];

        public SimulatedProcess Run(int count, int throttle = 4) =>
            new SimulatedProcess(Time, Service, Journal, throttle: throttle).Complete(Documents(count));
    }
}
