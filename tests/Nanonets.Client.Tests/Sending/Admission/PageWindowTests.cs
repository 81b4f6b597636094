using System;
using System.Linq;
using System.Threading;
using Nanonets.Sending.Admission;

namespace Nanonets.Client.Tests.Sending.Admission;

/// <summary>What may go within a minute, and what refusals teach: the edges. Times are seconds after the first moment.</summary>
public class PageWindowTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly PageWindow _window = new();
    private long _number;

    /// <summary>With a limit of 10, after pages that were accepted at 0.</summary>
    [Theory]
    [InlineData(0, 10, 0, 0)]
    [InlineData(0, 11, 0, 0)]
    [InlineData(0, 500, 0, 0)]
    [InlineData(9, 1, 1, 0)]
    [InlineData(9, 2, 1, 59)]
    [InlineData(10, 1, 59.9, 0.1)]
    [InlineData(10, 1, 60, 0)]
    [InlineData(5, 500, 20, 40)]
    [InlineData(30, 1, 60, 120)]
    [InlineData(30, 1, 180, 0)]
    public void What_was_accepted_counts_for_a_minute_or_as_many_as_it_fills(int accepted, int wanted, double at, double wait)
    {
        if (accepted > 0)
            Accept(accepted, 0, known: 10);
        Assert.Equal(TimeSpan.FromSeconds(wait), Ask(wanted, at, known: 10));
    }

    [Theory]
    [InlineData(9, 1, true)]
    [InlineData(9, 2, false)]
    [InlineData(12, 1, false)]
    public void What_is_under_way_counts_by_its_estimate(int underWay, int wanted, bool goes)
    {
        Assert.Equal(TimeSpan.Zero, Ask(underWay, 0, known: 10));
        Assert.Equal(goes ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Ask(wanted, 30, known: 10));
    }

    [Theory]
    [InlineData("accepted", 30)]
    [InlineData("unknown", 30)]
    [InlineData("returned", 0)]
    public void What_may_have_been_taken_counts_as_taken(string end, double wait)
    {
        PageReservation ended = Begin(10, 0, known: 10);
        switch (end)
        {
            case "accepted":
                _window.Accepted(ended, 10, At(0));
                break;
            case "unknown":
                _window.Unknown(ended, At(0));
                break;
            default:
                _window.Returned(ended);
                break;
        }

        Assert.Equal(TimeSpan.FromSeconds(wait), Ask(1, 30, known: 10));
    }

    /// <summary>Seven pages were accepted at 0, the eighth is refused at 5.</summary>
    [Theory]
    [InlineData(null, 7)]
    [InlineData(55.0, 7)]
    [InlineData(45.0, 7)]
    [InlineData(44.9, null)]
    [InlineData(1.0, null)]
    [InlineData(0.0, null)]
    [InlineData(600.0, 7)]
    public void A_refusal_teaches_the_limit_unless_it_ends_before_any_page_leaves_the_window(double? asked, int? learned)
    {
        Accept(7, 0);
        _window.Refused(Begin(1, 4), Seconds(asked), At(5));
        Assert.Equal(learned, _window.Limit.Learned);
    }

    [Fact]
    public void A_first_refusal_of_all_teaches_nothing()
    {
        _window.Refused(Begin(1, 0), null, At(1));
        Assert.Null(_window.Limit.Learned);
    }

    /// <summary>A refusal in a row, and for how long nothing is sent.</summary>
    [Theory]
    [InlineData(1, null, 30)]
    [InlineData(2, null, 60)]
    [InlineData(3, null, 120)]
    [InlineData(4, null, 120)]
    [InlineData(1, 0.0, 0)]
    [InlineData(1, 12.0, 12)]
    [InlineData(1, 600.0, 600)]
    [InlineData(1, 601.0, 600)]
    public void The_wait_is_what_the_service_asks_for_or_grows(int refusals, double? asked, double wait)
    {
        double at = 0;
        RateLimit last = new(TimeSpan.Zero, null, false);
        for (int i = 0; i < refusals; i++)
        {
            last = _window.Refused(Begin(1, at), Seconds(asked), At(at));
            at += last.Wait.TotalSeconds;
        }

        Assert.Equal(TimeSpan.FromSeconds(wait), last.Wait);
        Assert.Equal(asked > 600 ? Seconds(asked) : null, last.AskedTooMuch);
        Assert.False(last.IsHopeless);
    }

    [Theory]
    [InlineData(899, false)]
    [InlineData(900, true)]
    public void After_a_quarter_of_an_hour_without_a_success_more_waiting_does_not_help(double at, bool isHopeless)
    {
        _window.Refused(Begin(1, 0), null, At(0));
        Assert.Equal(isHopeless, _window.Refused(Begin(1, at), null, At(at)).IsHopeless);
    }

    [Fact]
    public void Refused_together_is_refused_once()
    {
        PageReservation[] together = [.. Enumerable.Range(0, 8).Select(_ => Begin(1, 0))];
        foreach (PageReservation one in together)
            _window.Refused(one, null, At(1));
        Assert.Equal(1, _window.Limit.Refusals);
        Assert.Equal(At(31), _window.Limit.BlockedUntil);
    }

    [Fact]
    public void After_a_refusal_one_goes_and_the_others_wait_for_it()
    {
        _window.Refused(Begin(1, 0), null, At(0));
        PageReservation trial = Begin(1, 30);
        Assert.Equal(Timeout.InfiniteTimeSpan, Ask(1, 30));
        _window.Accepted(trial, 1, At(31));
        Assert.Equal(TimeSpan.Zero, Ask(1, 31));
    }

    [Fact]
    public void What_was_under_way_and_is_accepted_belongs_to_the_window_that_taught()
    {
        Accept(5, 0);
        PageReservation refused = Begin(1, 1);
        PageReservation late = Begin(1, 1);
        _window.Refused(refused, null, At(2));
        Assert.Equal(5, _window.Limit.Learned);
        _window.Accepted(late, 1, At(3));
        Assert.Equal(6, _window.Limit.Learned);
    }

    /// <summary>Without refusals a learned limit is raised every five minutes, every other time by twice as much.</summary>
    [Theory]
    [InlineData(299, 100)]
    [InlineData(300, 102)]
    [InlineData(599, 102)]
    [InlineData(600, 104.04)]
    [InlineData(900, 108.2016)]
    [InlineData(1500, 121.532037)]
    public void A_limit_that_was_learned_too_low_does_not_last(double at, double learned)
    {
        Learn(100);
        for (double time = 300; time <= at; time += 300)
            Ask(1, time);
        Ask(1, at);
        Assert.Equal(learned, _window.Limit.Learned!.Value, 6);
    }

    [Fact]
    public void A_refusal_begins_the_raising_anew_and_takes_no_more_than_a_fifth()
    {
        Learn(100);
        for (double time = 300; time <= 1500; time += 300)
            Ask(1, time);
        double raised = _window.Limit.Learned!.Value;
        Accept(50, 1501);
        _window.Refused(Begin(1, 1501.5), null, At(1502));
        Assert.Equal(raised * 0.8, _window.Limit.Learned!.Value, 6);
        Assert.Equal(-1, _window.Limit.Raises);
    }

    /// <summary>The limit was raised from 100 to 102. What is refused says that it lies below all that was there, and no more.</summary>
    [Theory]
    [InlineData(100, 1, 100)]
    [InlineData(55, 46, 100)]
    [InlineData(90, 10, 99)]
    [InlineData(20, 1, 81.6)]
    public void A_refused_raise_goes_back_to_what_was_good_unless_less_was_refused(int accepted, int refused, double learned)
    {
        Learn(100);
        _window.Returned(Begin(1, 300));
        Accept(accepted, 301);
        _window.Refused(Begin(refused, 301.5), null, At(302));
        Assert.Equal(learned, _window.Limit.Learned!.Value, 6);
    }

    [Theory]
    [InlineData(331, null, 30)]
    [InlineData(351, null, 11)]
    [InlineData(351, 20.0, 20)]
    public void A_refused_raise_waits_until_the_first_pages_leave_or_as_asked(double at, double? asked, double wait)
    {
        Learn(100);
        _window.Returned(Begin(1, 300));
        Accept(100, 301);
        Assert.Equal(TimeSpan.FromSeconds(wait), _window.Refused(Begin(1, at), Seconds(asked), At(at)).Wait);
    }

    [Theory]
    [InlineData(901, 100)]
    [InlineData(902, 102)]
    public void After_a_refused_raise_ten_minutes_pass_before_the_next(double at, double learned)
    {
        Learn(100);
        _window.Returned(Begin(1, 300));
        Accept(100, 301);
        _window.Refused(Begin(1, 301.5), null, At(302));
        Accept(1, 361);
        Ask(1, at);
        Assert.Equal(learned, _window.Limit.Learned!.Value, 6);
    }

    /// <summary>Of a large document a refusal says little: the limit may lie well above what was accepted.</summary>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(50, 112)]
    public void The_first_limit_lies_between_what_was_accepted_and_what_was_refused(int pages, double learned)
    {
        Accept(100, 0);
        _window.Refused(Begin(pages, 4), null, At(5));
        Assert.Equal(learned, _window.Limit.Learned);
    }

    [Fact]
    public void A_clock_that_is_set_back_blocks_nothing_for_ever()
    {
        Accept(10, 86400, known: 10);
        _window.Refused(Begin(1, 86400), TimeSpan.FromMinutes(10), At(86400));
        Assert.Equal(TimeSpan.FromMinutes(1), Ask(1, 0, known: 10));
        Assert.Equal(TimeSpan.Zero, Ask(1, 60, known: 10));
    }

    [Fact]
    public void Pages_of_a_run_that_is_gone_count_as_taken()
    {
        Begin(10, 0, known: 10);
        _window.IsAlive = _ => false;
        Assert.Equal(TimeSpan.FromSeconds(60), Ask(1, 30, known: 10));
    }

    [Fact]
    public void Runs_that_share_a_window_come_in_turn_and_one_that_is_gone_loses_its_place()
    {
        Accept(10, 0, known: 10);
        Assert.NotEqual(TimeSpan.Zero, Ask(10, 58, known: 10, owner: "first"));
        Assert.NotEqual(TimeSpan.Zero, Ask(1, 60, known: 10, owner: "second"));
        Assert.Equal(TimeSpan.Zero, Ask(1, 63.1, known: 10, owner: "second"));
    }

    /// <summary>Pages that the run before asks for, and this one; the window takes ten.</summary>
    [Theory]
    [InlineData(1, 9, true)]
    [InlineData(2, 9, false)]
    [InlineData(9, 1, true)]
    [InlineData(12, 1, false)]
    public void A_run_need_not_wait_for_its_turn_where_there_is_room_for_those_before_it(int before, int pages, bool goes)
    {
        Accept(10, 0, known: 10);
        Ask(before, 58, known: 10, owner: "first");
        Assert.Equal(goes, Ask(pages, 60, known: 10, owner: "second") == TimeSpan.Zero);
    }

    [Fact]
    public void After_a_refusal_nobody_goes_out_of_turn()
    {
        _window.Refused(Begin(1, 0), null, At(0));
        Ask(1, 58, owner: "first");
        Assert.NotEqual(TimeSpan.Zero, Ask(1, 60, owner: "second"));
    }

    private static DateTimeOffset At(double seconds) => s_start + TimeSpan.FromSeconds(seconds);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    private TimeSpan Ask(int pages, double at, int? known = null, string owner = "run") =>
        _window.TryReserve(new PageReservation(owner, ++_number, pages), known, At(at));

    private PageReservation Begin(int pages, double at, int? known = null)
    {
        Assert.Equal(TimeSpan.Zero, Ask(pages, at, known));
        return _window.Open[^1];
    }

    private void Accept(int pages, double at, int? known = null) => _window.Accepted(Begin(pages, at, known), pages, At(at));

    private void Learn(int pages)
    {
        Accept(pages, -30);
        _window.Refused(Begin(1, -0.5), null, At(0));
        _window.Accepted(Begin(1, 60), 1, At(60));
        Assert.Equal(pages, _window.Limit.Learned);
    }
}
