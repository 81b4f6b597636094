using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Client.Tests.Sending.Admission;

/// <summary>When the breaker lets uploads begin, as tables.</summary>
public class OutageBreakerTests
{
    /// <summary>
    /// Each letter is what became of an upload: <c>+</c> answered, <c>.</c> told nothing, <c>L</c> lost, a digit: broke off, with
    /// that document. How many of ten may begin after that: all, one, or none.
    /// </summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData(".", 1)]
    [InlineData("+", 10)]
    [InlineData("+.", 10)]
    [InlineData("+L", 1)]
    [InlineData("+0", 1)]
    [InlineData("+L+", 10)]
    [InlineData("+L.", 1)]
    [InlineData("LLLL", 1)]
    [InlineData("LLLLL", 0)]
    [InlineData("+LLLL", 1)]
    [InlineData("+LLLLL", 0)]
    [InlineData("LLLL+L", 1)]
    [InlineData("LLLL.L", 0)]
    [InlineData("01234", 0)]
    [InlineData("0123", 1)]
    [InlineData("00000", 1)]
    [InlineData("0000000000", 1)]
    [InlineData("0101010101", 1)]
    [InlineData("0123+4", 1)]
    [InlineData("0123L", 0)]
    [InlineData("LLLL0", 1)]
    [InlineData("LLL01", 1)]
    [InlineData("LL0L1L", 1)]
    [InlineData("LL0L1LL", 0)]
    public void After_some_uploads_so_many_may_begin(string uploads, int expected) => BreakerWorld.Run(world =>
    {
        foreach (char upload in uploads)
        {
            Task<bool> turn = world.Enter();
            Assert.True(turn.IsCompleted && turn.Result, $"An upload could not begin before {upload} of {uploads}.");
            world.End(upload);
        }

        Task<bool>[] turns = [.. Enumerable.Range(0, 10).Select(_ => world.Enter())];
        Assert.Equal(expected, turns.Count(static turn => turn.IsCompleted));
    });

    [Theory]
    [InlineData("+", 3, true)]
    [InlineData(".", 1, false)]
    [InlineData("L", 1, false)]
    public void Who_waits_goes_on_when_the_one_under_way_has_ended(string end, int begin, bool isAnswered) => BreakerWorld.Run(world =>
    {
        _ = world.Enter();
        Task<bool>[] waiting = [world.Enter(), world.Enter(), world.Enter()];
        Assert.DoesNotContain(waiting, static turn => turn.IsCompleted);
        world.End(end[0]);
        world.Pass(TimeSpan.Zero);
        Assert.Equal(begin, waiting.Count(static turn => turn.IsCompleted));
        Assert.True(waiting[0].IsCompleted);
        Assert.Equal(isAnswered, world.Enter().IsCompleted);
    });

    [Theory]
    [InlineData("the probe")]
    [InlineData("the log")]
    public void What_throws_while_it_is_open_ends_every_wait_and_says_why(string who) => BreakerWorld.Run(world =>
    {
        world.Throws = new TimeZoneNotFoundException("Nobody thought of this.");
        world.LogThrows = who == "the log";
        Task<bool>[] turns = [world.Enter(), world.Enter(), world.Enter()];
        world.End('+');
        world.Open();
        Task<bool> late = world.Enter();
        world.PassUntil(() => late.IsCompleted);
        Assert.False(late.Result);
        Assert.Same(world.Throws, world.Breaker.Fault);
        Assert.True(turns[0].Result);
    });

    [Fact]
    public void Whoever_waits_is_cancelled_by_a_token_of_their_own() => BreakerWorld.Run(world =>
    {
        using var cancel = new CancellationTokenSource();
        _ = world.Enter();
        Task<bool> cancelled = world.Breaker.EnterAsync(cancel.Token);
        Task<bool> patient = world.Enter();
        cancel.Cancel();
        world.Pass(TimeSpan.Zero);
        Assert.True(cancelled.IsCanceled);
        Assert.False(patient.IsCompleted);
        world.End('.');
        world.Pass(TimeSpan.Zero);
        Assert.True(patient.Result);
    });

    [Theory]
    [InlineData(0, true, 10)]
    [InlineData(1, false, 0)]
    public void A_service_that_is_silent_when_several_ask_at_once_opens_it(int silent, bool isThere, int begin) => BreakerWorld.Run(world =>
    {
        _ = world.Enter();
        world.End('+');
        world.SilentProbes = silent;
        Task<bool>[] asked = [world.Breaker.IsThereAsync(), world.Breaker.IsThereAsync()];
        world.Pass(TimeSpan.Zero);
        Assert.All(asked, one => Assert.Equal(isThere, one.Result));
        Assert.Single(world.Asked);
        Assert.Equal(begin, Enumerable.Range(0, 10).Count(_ => world.Enter().IsCompleted));
    });
}
