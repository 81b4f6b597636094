using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>
/// A backlog at a limit of pages a minute: as fast as the limit allows, in the order it came, and without running into refusals.
/// </summary>
public class DrainTests
{
    private const int Limit = 150;
    private const int Windows = 30;
    private const int Throttle = 8;
    private const double MostTimes = 1.05;

    public static TheoryData<string, bool, bool, int> Drains => All("10", "50");

    public static TheoryData<string, bool, bool, int> LongDrains => All("1", "3", "1 3 10 50 7");

    /// <param name="pages">Pages of the documents, one after the other.</param>
    /// <param name="known">Whether the user gives the limit; else it is learned.</param>
    /// <param name="bucket">Whether the service counts by a bucket that fills evenly.</param>
    /// <param name="runs">Runs at once, all on one journal.</param>
    [Theory]
    [MemberData(nameof(Drains))]
    public void A_backlog_is_drained_about_as_fast_as_the_limit_allows(string pages, bool known, bool bucket, int runs) =>
        Drain(pages, known, bucket, runs);

    /// <summary>Thousands of small documents take a minute of the machine.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(LongDrains))]
    public void A_long_backlog_is_drained_about_as_fast_as_the_limit_allows(string pages, bool known, bool bucket, int runs) =>
        Drain(pages, known, bucket, runs);

    private static void Drain(string pages, bool known, bool bucket, int runs) => Simulate.Run(() =>
    {
        int[] sizes = [.. pages.Split(' ').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        int count = Limit * Windows * sizes.Length / sizes.Sum();
        var world = new World(new SimulatedLimit(Limit, bucket), number => sizes[number % sizes.Length]);
        MemorySource[] all = World.Documents(count);
        SimulatedProcess[] processes = [.. Enumerable.Range(0, runs).Select(_ => world.Process(known))];
        TimeSpan start = world.Time.Elapsed;
        world.Time.Run(System.Threading.Tasks.Task.WhenAll(
            processes.Select((process, run) => process.SendAsync(all.Where((_, number) => number % runs == run)))));
        Assert.Equal(count, processes.Sum(static process => process.Run.Tally[SendingEnd.Accepted]));

        (TimeSpan At, string Name, Mishap Mishap)[] refused =
            [.. world.Service.Log.Where(static entry => entry.Mishap == Mishap.TooManyPages)];
        TimeSpan firstWindow = (known || refused.Length == 0 ? start : refused[0].At) + TimeSpan.FromMinutes(1);
        int later = refused.Count(entry => entry.At > firstWindow);

        double ideal = MinutesInOrder(all.Select(world.PagesOf));
        double took = (world.Service.Log[^1].At - start).TotalMinutes;
        Assert.True(took <= ideal * MostTimes && later <= count / 100, $"{took / ideal:0.000} x ideal ({took:0.0} min), {later} of {count} "
            + $"refused after the first window, {refused.Length} in all");
    });

    /// <summary>
    /// When the last document can go at the earliest, if none overtakes another: what waits for room for a large one, in its turn, nobody
    /// can save.
    /// </summary>
    private static double MinutesInOrder(IEnumerable<int> sizes)
    {
        var inWindow = new Queue<(double At, int Pages)>();
        (double now, int used) = (0, 0);
        foreach (int size in sizes)
        {
            while (used + size > Limit)
            {
                (double at, int pages) = inWindow.Dequeue();
                (now, used) = (Math.Max(now, at + 1), used - pages);
            }

            inWindow.Enqueue((now, size));
            used += size;
        }

        return now;
    }

    [Theory]
    [InlineData("10", true)]
    [InlineData("10", false)]
    [InlineData("50", true)]
    [InlineData("1 50 1 1", true)]
    [InlineData("1 50 1 1", false)]
    public void First_come_is_first_served(string pages, bool known) => Simulate.Run(() =>
    {
        int[] sizes = [.. pages.Split(' ').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        var world = new World(new SimulatedLimit(Limit), number => sizes[number % sizes.Length]);
        MemorySource[] all = World.Documents(Limit * 20 * sizes.Length / sizes.Sum());
        world.Process(known).Complete(all);
        world.CheckOrder(all);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_larger_than_the_window_goes_in_its_turn(bool known) => Simulate.Run(() =>
    {
        const int turn = 300;
        var world = new World(new SimulatedLimit(Limit), static number => number == turn ? 400 : 1);
        MemorySource[] all = World.Documents(1000);
        world.Process(known).Complete(all);
        world.CheckOrder(all);

        // The window is let run empty for it, and is empty again when it is paid off: no more than that is lost.
        Assert.InRange(world.Service.Log[^1].At.TotalMinutes, 0, ((999 + 400.0) / Limit) + 2.5);
    });

    private static TheoryData<string, bool, bool, int> All(params string[] pages)
    {
        var drains = new TheoryData<string, bool, bool, int>();
        bool[] both = [true, false];
        foreach ((string size, bool known, bool bucket)
            in pages.SelectMany(size => both.SelectMany(known => both.Select(bucket => (size, known, bucket)))))
        {
            drains.Add(size, known, bucket, 1);
            drains.Add(size, known, bucket, 2);
        }

        return drains;
    }

    private sealed class World
    {
        private readonly Func<int, int> _pages;

        public World(SimulatedLimit limit, Func<int, int> pages)
        {
            _pages = pages;
            Service = new SimulatedService(Time, new Random(7)) { Limit = limit, Pages = name => pages(Number(name)) };
        }

        public SimulatedTime Time { get; } = new();

        public SimulatedService Service { get; }

        private MemoryJournal Journal { get; } = new();

        public static MemorySource[] Documents(int count) =>
            [.. Enumerable.Range(0, count)
                .Select(static number => new MemorySource($"doc-{number:00000}.pdf", $"%PDF-1.7 document {number}"))];

        public int PagesOf(MemorySource source) => _pages(Number(source.FileName));

        public SimulatedProcess Process(bool known) =>
            new(Time, Service, Journal, new SendingOptions { PagesPerMinute = known ? Limit : null }, Throttle) { Pages = PagesOf };

        /// <summary>
        /// Nobody is overtaken by more than those who may be under way beside him. One request takes up to 45 times as long as another in
        /// this world: a slot beside a slow one is used more than once.
        /// </summary>
        public void CheckOrder(MemorySource[] all)
        {
            string[] accepted = [.. Service.Log.Where(static entry => entry.Mishap == Mishap.None).Select(static entry => entry.Name)];
            Assert.Equal(all.Length, accepted.Length);
            (string Name, int Late) worst = accepted.Select(static (name, place) => (name, place - Number(name)))
                .MaxBy(static late => late.Item2);
            Assert.True(worst.Late <= 2 * Throttle,
                $"{worst.Name} of {PagesOf(all[Number(worst.Name)])} page(s) was overtaken by {worst.Late} others.");
        }

        private static int Number(string name) => int.Parse(name.AsSpan(4, 5), CultureInfo.InvariantCulture);
    }
}
