using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Client.Tests.Waiting;

/// <summary>
/// A hundred documents in flight, of every duration, spread and arrival, simulated with several seeds: how late their end is known, and how
/// many requests that takes.
/// </summary>
public class WaitingMatrixTests
{
    private const int Documents = 100;

    public static TheoryData<int, int, int> Matrix()
    {
        var matrix = new TheoryData<int, int, int>();
        foreach (int seconds in new[] { 2, 5, 20, 60, 300 })
        {
            foreach (int spreadPercent in new[] { 0, 5, 10 })
            {
                matrix.Add(seconds, spreadPercent, 0);
                matrix.Add(seconds, spreadPercent, 60);
            }

            matrix.Add(seconds, 25, 0);
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void A_hundred_documents_are_known_soon_and_cost_few_requests_in_every_run(int seconds, int spreadPercent, int arriveSeconds)
    {
        double late = Math.Max(3, 0.05 * seconds);
        foreach (int seed in Enumerable.Range(1, 5))
        {
            using var reading = new SimulatedReading(seed);
            reading.Run(Durations(seconds, spreadPercent, seed), TimeSpan.FromSeconds((double)arriveSeconds / Documents));
            string run = $"seed {seed}: {reading.RequestsPerDocument:0.00} requests, {reading.Lag95.TotalSeconds:0.0} s late";
            Assert.True(reading.RequestsPerDocument is >= 1 and <= 3 && reading.Lag95.TotalSeconds <= late, run);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(300)]
    public void Where_a_day_holds_too_much_for_a_listing_the_first_to_be_finished_tell_of_the_others(int seconds)
    {
        foreach (int seed in Enumerable.Range(1, 5))
        {
            using var reading = new SimulatedReading(seed) { PagesOfOthers = 10_000 };
            reading.Run(Durations(seconds, 0, seed), TimeSpan.Zero);
            string run = $"seed {seed}: {reading.RequestsPerDocument:0.00} requests, {reading.Lag95.TotalSeconds:0.0} s late";
            Assert.True(reading.RequestsPerDocument is >= 1 and <= 3 && reading.Lag95.TotalSeconds <= Math.Max(3, 0.05 * seconds), run);
            Assert.Equal(1, reading.Listings);
        }
    }

    private static List<TimeSpan> Durations(int seconds, int spreadPercent, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Documents)
            .Select(_ => TimeSpan.FromSeconds(seconds * (1 + (((random.NextDouble() * 2) - 1) * spreadPercent / 100))))];
    }
}
