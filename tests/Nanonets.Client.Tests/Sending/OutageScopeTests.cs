using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>What counts as an outage, how long it is waited for, and that nothing is sent into one.</summary>
public class OutageScopeTests
{
    [Fact]
    public void Patience_counts_the_time_of_failing_and_not_quiet_hours() => Simulate.Run(() =>
    {
        var world = new World();
        MemorySource[] all = Documents(12);
        TimeSpan morning = TimeSpan.FromHours(12.6);

        // The answer of the first is lost in the evening; in the morning the service is away for two minutes.
        world.Service.Mishaps = name => name == all[0].FileName ? Mishap.LostAfter
            : name == "early" && world.Time.Elapsed >= morning && world.Time.Elapsed < morning + TimeSpan.FromMinutes(2)
            ? Mishap.CutBefore
            : Mishap.None;
        var run = new SimulatedProcess(
            world.Time, world.Service, world.Journal) { Before = source => source == all[1] ? morning : TimeSpan.Zero };
        run.Complete(all);
        Assert.True(run.Run.StopReason is null && run.Ends.All(static end => end.Outcome.HasPages), run.Describe());
        Assert.Equal(all.Length, world.Service.Files.Count);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_service_that_fails_for_longer_than_the_patience_ends_the_run(bool afterQuietHours) => Simulate.Run(() =>
    {
        var world = new World();
        MemorySource[] all = Documents(12);
        TimeSpan quiet = afterQuietHours ? TimeSpan.FromHours(8) : TimeSpan.FromMinutes(1);
        world.Service.Mishaps = name => name == "early" && world.Time.Elapsed >= quiet ? Mishap.CutBefore : Mishap.None;
        world.Service.IsDownFor = _ => world.Time.Elapsed >= quiet;
        var run = new SimulatedProcess(world.Time, world.Service, world.Journal,
            new SendingOptions { OutagePatience = TimeSpan.FromHours(1) }) { Before = source => source == all[4] ? quiet : TimeSpan.Zero };
        run.Complete(all);
        Assert.Equal(NanonetsErrorId.ServiceUnavailable, run.Run.StopReason!.ErrorId);
        Assert.Equal((4, 8), (run.Run.Tally[SendingEnd.Accepted], run.Run.Tally[SendingEnd.Unsent]));
        Assert.InRange(world.Time.Elapsed, quiet + TimeSpan.FromMinutes(55), quiet + TimeSpan.FromMinutes(80));
    });

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void A_TLS_alert_after_good_uploads_is_a_connection_that_failed_once(int after) => Simulate.Run(() =>
    {
        var world = new World();
        bool isOver = false;
        world.Service.Mishaps = name =>
            name == "early" && world.Service.Log.Count == after && !isOver && (isOver = true) ? Mishap.TlsAlert : Mishap.None;
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, world.Journal).Complete(Documents(150));
        Assert.True(run.Run.StopReason is null && run.Ends.All(static end => end.Outcome.HasPages), run.Describe());
        Assert.Equal(150, world.Service.Files.Count);
    });

    [Fact]
    public void A_TLS_failure_of_the_first_request_still_ends_the_run_at_once() => Simulate.Run(() =>
    {
        var world = new World();
        world.Service.Throws = static _ => new System.Net.Http.HttpRequestException(
            "no TLS", new System.Security.Authentication.AuthenticationException("The remote certificate is invalid"));
        SimulatedProcess run = new SimulatedProcess(world.Time, world.Service, world.Journal).Complete(Documents(5));
        Assert.Equal(NanonetsErrorId.TlsFailed, run.Run.StopReason!.ErrorId);
        Assert.Equal((5, 0), (run.Run.Tally[SendingEnd.Unsent], world.Service.Uploads));
    });

    [Fact]
    public void What_waits_for_the_window_is_not_sent_into_an_outage_that_began_meanwhile() => Simulate.Run(() =>
    {
        var world = new World();
        TimeSpan begins = TimeSpan.FromSeconds(20);
        TimeSpan ends = TimeSpan.FromMinutes(10);
        bool IsOut() => world.Time.Elapsed >= begins && world.Time.Elapsed < ends;
        world.Service.Mishaps = name => name == "early" && IsOut() ? Mishap.CutBefore : Mishap.None;
        world.Service.IsDownFor = _ => IsOut();

        // Sixteen of one model: eight fill its window, eight wait for the next. Meanwhile seven of another model, which has sent one
        // before, find the service gone.
        MemorySource[] all = Documents(24);
        var run = new SimulatedProcess(world.Time, world.Service, world.Journal, new SendingOptions { PagesPerMinute = 8 }, throttle: 24)
        {
            Model = source => Array.IndexOf(all, source) is 0 or > 16 ? "n" : "m",
            Before = source => source == all[17] ? begins : TimeSpan.Zero,
        };
        int atEnd = 0;
        int before = 0;
        run.OnSettled = _ =>
        {
            if (!IsOut() && world.Time.Elapsed < begins)
                before = world.Service.Uploads;
            else if (world.Time.Elapsed >= ends && atEnd == 0)
                atEnd = world.Service.Uploads;
        };
        run.Complete(all);
        Assert.All(run.Ends, static end => Assert.True(end.Outcome.HasPages));
        Assert.Equal(9, before);

        // Of those that failed each counts twice: the client tries once more by itself. The last one counted is the first that went well.
        Assert.True(atEnd - 1 - before <= 2 * 8, $"{atEnd - 1 - before} uploads were tried in the outage.");
    });

    [Fact]
    public void A_model_that_is_first_met_in_an_outage_waits_for_its_end() => Simulate.Run(() =>
    {
        var world = new World();
        TimeSpan begins = TimeSpan.FromSeconds(20);
        bool IsOut() => world.Time.Elapsed >= begins && world.Time.Elapsed < TimeSpan.FromMinutes(10);
        world.Service.Mishaps = name => name == "early" && IsOut() ? Mishap.CutBefore : Mishap.None;
        world.Service.IsDownFor = _ => IsOut();
        MemorySource[] all = Documents(12);
        var run = new SimulatedProcess(world.Time, world.Service, world.Journal)
        {
            Model = source => Array.IndexOf(all, source) < 6 ? "m" : "n",
            Before = source => source == all[6] ? begins : TimeSpan.Zero,
        };
        run.Complete(all);
        Assert.True(run.Run.StopReason is null && run.Ends.All(static end => end.Outcome.HasPages), run.Describe());
    });

    [Fact]
    public void A_probe_that_fails_in_a_way_nobody_thought_of_ends_the_run_with_a_word() => Simulate.Run(() =>
    {
        var world = new World();
        TimeSpan begins = TimeSpan.FromMinutes(1);
        world.Service.Mishaps = name => name == "early" && world.Time.Elapsed >= begins ? Mishap.CutBefore : Mishap.None;
        var run = new SimulatedProcess(world.Time, world.Service, world.Journal)
        {
            WatcherThrows = method =>
                method == "GET" && world.Time.Elapsed >= begins ? new TimeZoneNotFoundException("Nobody thought of this.") : null,
        };
        MemorySource[] all = Documents(12);
        run.Before = source => source == all[4] ? begins : TimeSpan.Zero;
        run.RunUntilEndOrDeath(all);
        Assert.Equal(all.Length, run.Ends.Count);
        Assert.NotNull(run.Run.StopReason);
        Assert.Contains("Nobody thought of this", run.Run.StopReason.ToString(), StringComparison.Ordinal);
    });

    private static MemorySource[] Documents(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => new MemorySource($"doc-{number:0000}.pdf", $"%PDF-1.7 document {number}"))];

    private sealed class World
    {
        public World() => Service = new SimulatedService(Time, new Random(7));

        public SimulatedTime Time { get; } = new();

        public SimulatedService Service { get; }

        public MemoryJournal Journal { get; } = new();
    }
}
