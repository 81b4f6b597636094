using System;
using System.Threading.Tasks;
using Nanonets.Waiting;

namespace Nanonets.Client.Tests.Waiting;

/// <summary>The rules of when to ask, as a table.</summary>
public class PollScheduleTests
{
    [Theory]
    [InlineData(0, 1.6)]
    [InlineData(60, 1.6)]
    [InlineData(300, 11.6)]
    [InlineData(3600, 176.6)]
    public void Samples_leave_time_to_ask_for_the_others(double age, double interval) =>
        Assert.Equal(Seconds(interval), PollSchedule.SampleInterval(Seconds(age)));

    [Theory]
    [InlineData(0, 2.7)]
    [InlineData(75, 2.7)]
    [InlineData(300, 12.7)]
    public void One_document_is_known_at_most_a_twentieth_of_its_time_late(double age, double interval)
    {
        Assert.Equal(Seconds(interval), PollSchedule.Interval(Seconds(age)));
        Assert.True(interval <= Math.Max(3, 0.05 * age));
    }

    [Theory]
    [InlineData(20, 20, 20)]
    [InlineData(20, 21, 21)]
    [InlineData(20, 30, 21.35)]
    public void The_first_question_comes_when_most_are_finished_and_none_has_waited_long(double early, double late, double age) =>
        Assert.Equal(Seconds(age), PollSchedule.FirstAge(new Expectation(Seconds(early), Seconds(late), true)));

    [Theory]
    [InlineData(10, 21.35)]
    [InlineData(20.5, 23.2)]
    [InlineData(29.5, 30.5)]
    [InlineData(30, 32.7)]
    [InlineData(300, 312.7)]
    public void A_document_that_is_pending_is_asked_for_again(double pending, double age) =>
        Assert.Equal(Seconds(age), PollSchedule.NextAge(new Expectation(Seconds(20), Seconds(30), true), Seconds(pending)));

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 1.5)]
    [InlineData(3, 0, 2.25)]
    [InlineData(9, 0, 2.5)]
    [InlineData(9, 600, 24)]
    public void One_of_unknown_age_is_asked_for_less_and_less_often(int asked, double waited, double interval) =>
        Assert.Equal(Seconds(interval), PollSchedule.UnagedInterval(asked, Seconds(waited)));

    [Fact]
    public void What_is_younger_than_others_that_are_pending_waits_for_them()
    {
        WaitedFile file = File(accepted: 100);
        Assert.Equal(Seconds(101), PollSchedule.Due(file, null, null, Seconds(100), false));
        Assert.Equal(Seconds(131.6), PollSchedule.Due(file, null, Seconds(30), Seconds(100), false));
    }

    [Fact]
    public void After_a_failure_nothing_is_asked_at_once()
    {
        WaitedFile file = File(accepted: 100);
        file.Missed(Seconds(120), seen: true);
        file.Missed(Seconds(130), seen: false);
        Assert.True(PollSchedule.Due(file, null, null, Seconds(200), hasFailed: true) > Seconds(200));
    }

    private static WaitedFile File(double accepted) =>
        new("f", 1, Seconds(accepted), Seconds(accepted)) { FirstDelay = Seconds(1), Ask = static () => Task.FromResult(Seen.Pending) };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
