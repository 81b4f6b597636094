using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>
/// Exceptions, clocks and headers that nobody thought of: nothing is left locked behind them, and what the service accepted stays accepted.
/// </summary>
public class UnexpectedFailureTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(20, true)]
    public void An_exception_in_the_middle_of_an_upload_leaves_no_slot_no_turn_and_no_pages_taken(int atRecord, bool limited) =>
        Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7));
        using var journal = new MemoryJournal();
        MemorySource[] all = Documents(40);
        var run = new SimulatedProcess(time, service, journal, new SendingOptions { PagesPerMinute = limited ? 4 : null });
        run.Journal.UnexpectedAtRecord = atRecord;
        Task task = run.SendAsync(all);
        while (!task.IsCompleted && time.Step())
        {
        }

        // The exception may come out or end the one document; whatever waited has gone on.
        Assert.True(task.IsCompleted, $"Nothing is due, and somebody waits: {run.Describe()}");
        Assert.Equal(run.Slots.All, run.Slots.Free);
        Assert.InRange(run.Ends.Count, all.Length - 1, all.Length);
        Assert.InRange(run.Ends.Count(static end => end.Outcome.HasPages), run.Run.StopReason is null ? all.Length - 1 : 0, all.Length);

        // A run after it in the same process is not held up by it.
        run.JournalRun.Dispose();
        SimulatedProcess next = new SimulatedProcess(time, service, journal).Complete(Documents(60));
        Assert.True(next.Ends.All(static end => end.Outcome.HasPages || end.Outcome.End == SendingEnd.Held), next.Describe());
        Assert.All(all, document => Assert.InRange(service.TimesStored(document.Hash), 0, 1));
    });

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.4)]
    [InlineData(3)]
    public void On_a_machine_so_busy_that_time_passes_between_two_looks_at_the_clock_all_is_settled(double seconds) => Simulate.Run(() =>
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var time = new SimulatedTime();
            var service = new SimulatedService(
                time, new Random(seed)) { Mishaps = static name => name != "early" && name[7] % 3 == 1 ? Mishap.LostAfter : Mishap.None };
            using var journal = new MemoryJournal();
            var run = new SimulatedProcess(time, service, journal, new SendingOptions { PagesPerMinute = 20 });
            run.Clock.PassesBetweenLooks = TimeSpan.FromSeconds(seconds);
            MemorySource[] all = Documents(60);
            run.RunUntilEndOrDeath(all);
            Assert.True(run.Ends.Count == all.Length && run.Run.StopReason is null, $"Seed {seed}: {run.Describe()}");
            Assert.All(all, document => Assert.Equal(1, service.TimesStored(document.Hash)));
        }
    });

    [Fact]
    public void A_change_time_in_the_future_does_not_hold_up_the_next_run() => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7))
        {
            DateIsAhead = TimeSpan.FromDays(3),
            Mishaps = static name => name == "doc-0003.pdf" ? Mishap.LostBefore : Mishap.None,
        };
        using var journal = new MemoryJournal();
        MemorySource[] all = Documents(12);
        new SimulatedProcess(time, service, journal, new SendingOptions { OnAmbiguous = AmbiguousAction.Hold }).Complete(all);

        // The service's clock was wrong that night and is right again.
        service.DateIsAhead = TimeSpan.Zero;
        service.Mishaps = static _ => Mishap.None;
        time.Pass(TimeSpan.FromHours(1));
        TimeSpan began = time.Elapsed;
        SimulatedProcess run = new SimulatedProcess(time, service, journal).Complete(all);
        Assert.Equal(all.Length, run.Ends.Count);
        Assert.InRange(time.Elapsed - began, TimeSpan.Zero, TimeSpan.FromHours(1));
    });

    [Theory]
    [InlineData("-1e300")]
    [InlineData("NaN")]
    [InlineData("1e308")]
    [InlineData("Infinity")]
    [InlineData("-9223372036854775808")]
    public void An_odd_Retry_After_on_an_answer_that_accepts_changes_nothing(string header) => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7)) { RetryAfterOnSuccess = header };
        using var journal = new MemoryJournal();
        SimulatedProcess run = new SimulatedProcess(time, service, journal).Complete(Documents(5));
        Assert.True(run.Run.Tally[SendingEnd.Accepted] == 5, run.Describe());
        Assert.Equal((5, 0), (service.Uploads, service.Listings));
    });

    [Theory]
    [InlineData("NaN")]
    [InlineData("-1e300")]
    [InlineData("1e308")]
    public void An_odd_Retry_After_on_a_refusal_is_waited_for_as_if_there_were_none(string header) => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7)) { RetryAfter = header };
        service.Mishaps = name => name != "early" && service.Log.Count is 2 ? Mishap.TooManyPages : Mishap.None;
        using var journal = new MemoryJournal();
        SimulatedProcess run = new SimulatedProcess(time, service, journal).Complete(Documents(5));
        Assert.True(run.Run.Tally[SendingEnd.Accepted] == 5, run.Describe());
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(11));
    });

    [Fact]
    public void A_persons_send_again_begins_anew() => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7));
        using var journal = new MemoryJournal();
        int lost = 0;
        service.Mishaps = name => name == "doc-0003.pdf" && lost++ < 3 ? Mishap.LostBefore : Mishap.None;
        for (int night = 1; night <= 3 && Entry().State != UploadState.Held | Entry().AmbiguousAttempts < 2; night++)
            Night(night * 60);
        Assert.Equal((UploadState.Held, 2), (Entry().State, Entry().AmbiguousAttempts));

        // Who has looked says so: from now on it is treated like any other, lost answers included.
        JournalEntry resolved = journal.ResolveAsync(Entry().EntryId, new UploadChange.SentAgain(time.Now), CancellationToken.None).Result!;
        Assert.Equal(0, resolved.AmbiguousAttempts);
        Night(300);
        Night(360);
        Assert.True(Entry().IsDone, $"{Entry()} after {lost} uploads: {Entry().Message}");
        Assert.Equal(1, service.Files.Count(static file => file.Name == "doc-0003.pdf"));

        JournalEntry Entry() => journal.Query(new JournalQuery()).SingleOrDefault(static entry => entry.Input == "doc-0003.pdf")
            ?? new JournalEntry();
        void Night(int documents)
        {
            new SimulatedProcess(time, service, journal, new SendingOptions { PagesPerMinute = 3 }).Complete(Documents(documents));
            time.Pass(TimeSpan.FromHours(20));
        }
    });

    private static MemorySource[] Documents(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => new MemorySource($"doc-{number:0000}.pdf", $"%PDF-1.7 document {number}"))];
}
