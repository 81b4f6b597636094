using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Nanonets.Client.Tests.Sending.Admission;

/// <summary>How long an outage is waited for, and how often it is asked meanwhile whether it is over, as tables.</summary>
public class OutagePatienceTests
{
    [Theory]
    [InlineData(0, "5")]
    [InlineData(1, "5 15")]
    [InlineData(3, "5 15 35 75")]
    [InlineData(8, "5 15 35 75 155 315 615 915 1215")]
    public void Whether_the_service_is_back_is_asked_less_and_less_often(int silent, string asked) => BreakerWorld.Run(world =>
    {
        world.SilentProbes = silent;
        world.Open();
        Task<bool> turn = world.Enter();
        world.PassUntil(() => turn.IsCompleted);
        Assert.True(turn.Result);
        Assert.Equal(asked, string.Join(' ', world.Asked.Select(static at => at.TotalSeconds)));

        // One as a trial: the others wait for its answer.
        Assert.False(world.Enter().IsCompleted);
        world.End('+');
        Assert.True(world.Enter().IsCompleted);
    });

    [Fact]
    public void A_service_that_answers_questions_and_fails_uploads_is_tried_seldom() => BreakerWorld.Run(world =>
    {
        world.Open();
        var trials = new List<double>();
        for (int trial = 0; trial < 5; trial++)
        {
            Task<bool> turn = world.Enter();
            TimeSpan began = world.Time.Elapsed;
            world.PassUntil(() => turn.IsCompleted);
            trials.Add((world.Time.Elapsed - began).TotalMinutes);
            world.End('L');
        }

        Assert.Equal([5 / 60d, 2, 12, 72, 90], trials);

        // Once one was answered it is as if nothing had been.
        Task<bool> last = world.Enter();
        world.PassUntil(() => last.IsCompleted);
        world.End('+');
        world.Open();
        TimeSpan opened = world.Time.Elapsed;
        Task<bool> next = world.Enter();
        world.PassUntil(() => next.IsCompleted);
        Assert.Equal(5, (world.Time.Elapsed - opened).TotalSeconds);
    });

    [Theory]
    [InlineData(75, 4, false)]
    [InlineData(75, 3, true)]
    [InlineData(75.001, 4, true)]
    [InlineData(35, 2, true)]
    [InlineData(5, 1, false)]
    [InlineData(0, 1, false)]
    public void A_service_that_fails_for_the_whole_patience_ends_the_run(double patience, int silent, bool goesOn) => BreakerWorld.Run(
        world =>
        {
            // Asked after 5, 15, 35, 75 and 155 seconds.
            world.SilentProbes = silent;
            world.Open();
            Task<bool> turn = world.Enter();
            world.PassUntil(() => turn.IsCompleted);
            Assert.Equal((goesOn, !goesOn), (turn.Result, world.Breaker.IsOutOfPatience));
            Assert.Equal(goesOn, world.Enter() is not { IsCompletedSuccessfully: true, Result: false });
        }, TimeSpan.FromSeconds(patience));

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(600, true)]
    public void Quiet_time_between_two_failures_counts_as_five_minutes_at_most(double quietMinutes, bool goesOn) => BreakerWorld.Run(
        world =>
        {
            world.SilentProbes = 1;
            _ = world.Enter();
            world.End('L');
            world.Pass(TimeSpan.FromMinutes(quietMinutes));
            world.Open();
            Task<bool> turn = world.Enter();
            world.PassUntil(() => turn.IsCompleted);
            Assert.Equal(goesOn, turn.Result);
        }, TimeSpan.FromSeconds(300 + 15 + 1));

    [Fact]
    public void An_answer_ends_the_time_of_failing() => BreakerWorld.Run(
        world =>
        {
            for (int night = 0; night < 5; night++)
            {
                world.SilentProbes = 3;
                world.Open();
                Task<bool> turn = world.Enter();
                world.PassUntil(() => turn.IsCompleted);
                Assert.True(turn.Result);
                world.End('+');
            }
        }, TimeSpan.FromSeconds(76));
}
