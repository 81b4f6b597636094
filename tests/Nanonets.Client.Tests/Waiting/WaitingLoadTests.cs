using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Waiting;

namespace Nanonets.Client.Tests.Waiting;

/// <summary>Waiting for many documents at once: how many requests it costs, and how late their end is known.</summary>
public class WaitingLoadTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_hundred_documents_sent_together_are_asked_for_when_the_first_of_them_have_shown_how_long_it_takes()
    {
        using var reading = new SimulatedReading();
        reading.Run([.. Enumerable.Repeat(s_minute, 100)], TimeSpan.Zero);
        Assert.InRange(reading.RequestsPerDocument, 1, 3);
        Assert.InRange(reading.Lag95, TimeSpan.Zero, s_late);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 3)]
    [InlineData(6, 5)]
    public void A_hundred_in_flight_in_a_steady_stream_cost_few_requests_and_are_known_soon(int spreadSeconds, int lateSeconds)
    {
        using var reading = new SimulatedReading();
        reading.Run(Spread(400, 60, spreadSeconds), TimeSpan.FromSeconds(0.6));
        Assert.InRange(reading.RequestsPerDocument, 1, 3);
        Assert.InRange(reading.Lag95, TimeSpan.Zero, TimeSpan.FromSeconds(lateSeconds));
    }

    [Fact]
    public void What_a_pipeline_learned_serves_the_next_one()
    {
        using var reading = new SimulatedReading();
        reading.Run([.. Enumerable.Repeat(s_minute, 5)], TimeSpan.Zero);
        int before = reading.Questions;
        reading.Run([.. Enumerable.Repeat(s_minute, 5)], TimeSpan.Zero);
        Assert.InRange(reading.Questions - before, 5, 15);
    }

    [Theory]
    [InlineData(60, 15)]
    [InlineData(15, 60)]
    public void A_service_that_changes_its_pace_is_followed(int before, int after)
    {
        using var reading = new SimulatedReading();
        reading.Run(Spread(100, before, 1), TimeSpan.FromSeconds(0.6));
        reading.Run(Spread(400, after, 1), TimeSpan.FromSeconds(0.6));
        Assert.InRange(reading.RequestsPerDocument, 1, 4);
        Assert.True(reading.Client.TimesOf("m").Expect(1) is { } expected && Math.Abs(expected.Early.TotalSeconds - after) < 4,
            $"It expects {reading.Client.TimesOf("m").Expect(1)}.");
    }

    [Fact]
    public void Documents_that_are_finished_already_are_not_kept_waiting()
    {
        using var reading = new SimulatedReading();
        reading.Run([.. Enumerable.Repeat(TimeSpan.Zero, 100)], TimeSpan.Zero);
        Assert.Equal(100, reading.Questions);
        Assert.InRange(reading.Clock.Elapsed, TimeSpan.Zero, s_minute);
    }

    [Fact]
    public void While_a_courtesy_ceiling_holds_them_back_most_are_still_asked_for_once_or_twice()
    {
        using var reading = new SimulatedReading();
        reading.Run([.. Enumerable.Repeat(s_minute, 600)], TimeSpan.Zero);
        Assert.InRange(reading.RequestsPerDocument, 1, 3);
        foreach (TimeSpan asked in reading.Asked)
            Assert.InRange(reading.Asked.Count(other => other > asked - s_minute && other <= asked), 1, 2700);
    }

    [Fact]
    public void Many_that_take_much_longer_than_expected_are_looked_up_together()
    {
        using var reading = new SimulatedReading();
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromSeconds(10), 20)], TimeSpan.Zero);
        (int questions, int listings) = (reading.Questions, reading.Listings);
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromMinutes(5), 100)], TimeSpan.Zero);
        Assert.InRange(reading.Listings - listings, 3, 120);
        Assert.True(reading.Questions > questions);
    }

    [Fact]
    public void Ten_times_as_many_documents_are_ten_times_the_work()
    {
        Assert.InRange((double)Work(20_000) / Work(2_000), 8, 12);

        static long Work(int documents)
        {
            using var reading = new SimulatedReading();
            reading.Run([.. Enumerable.Repeat(TimeSpan.FromSeconds(20), documents)], TimeSpan.Zero);
            return reading.Waiter.Steps;
        }
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(0, 30)]
    public void A_listing_that_is_dearer_than_single_questions_is_read_once(int pagesOfOthers, int seconds)
    {
        using var reading = new SimulatedReading { PagesOfOthers = pagesOfOthers, ListingTakes = TimeSpan.FromSeconds(seconds) };
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromSeconds(10), 20)], TimeSpan.Zero);
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromMinutes(5), 100)], TimeSpan.Zero);
        Assert.Equal(1, reading.Listings);
    }

    [Fact]
    public void A_listing_alone_never_makes_a_document_finished()
    {
        using var reading = new SimulatedReading { ListingLies = true };
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromSeconds(10), 20)], TimeSpan.Zero);
        reading.Run([.. Enumerable.Repeat(TimeSpan.FromMinutes(5), 100)], TimeSpan.Zero);
        Assert.InRange(reading.Listings, 1, 120);
    }

    [Fact]
    public void Documents_of_another_size_are_expected_as_their_nearest_are()
    {
        var times = new ProcessingTimes();
        Assert.Null(times.Expect(1));
        times.NoteFinished(1, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11), 1);
        times.NoteFinished(40, TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(101), 1);
        Assert.Equal([10, 10, 10, 100, 100],
            new int?[] { null, 1, 3, 20, 500 }.Select(pages => Math.Round(times.Expect(pages)!.Value.Late.TotalSeconds / 10) * 10));
    }

    private static List<TimeSpan> Spread(int count, int seconds, int spread)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, count).Select(_ => TimeSpan.FromSeconds(seconds + (((random.NextDouble() * 2) - 1) * spread)))];
    }
}
