using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Nanonets.Sending.Admission;

/// <summary>
/// The pages of one model within a minute: what may go, and when the next may. Arithmetic only: it neither waits nor reads a clock, and
/// whoever shares it changes it one at a time. The service counts pages, not requests, in windows of a minute (documented). A document
/// larger than the window goes when nothing else is in it, and takes it below zero: it counts for as many minutes as it fills.
/// </summary>
internal sealed class PageWindow
{
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(1);

    /// <summary>A run that waits and has not asked for so long is gone, and its place with it.</summary>
    private static readonly TimeSpan s_placeLapses = TimeSpan.FromSeconds(5);

    /// <summary>How soon a run asks again while it is another one's turn.</summary>
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Pages that are accepted within such a span count as one: a window never holds more than some hundred items.</summary>
    private static readonly TimeSpan s_grain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_coarseGrain = TimeSpan.FromSeconds(1);

    private readonly List<PageReservation> _open = [];
    private readonly List<SpentPages> _spent = [];
    private readonly List<Place> _places = [];

    /// <summary>What refusals have taught.</summary>
    public PageLimit Limit { get; } = new();

    /// <summary>Whether a run that shares the window lives.</summary>
    public Func<string, bool> IsAlive { get; set; } = static _ => true;

    /// <summary>Uploads under way, counted by their estimated pages.</summary>
    public IReadOnlyList<PageReservation> Open => _open;

    /// <summary>What was taken, or may have been, and still counts.</summary>
    public IReadOnlyList<SpentPages> Spent => _spent;

    /// <summary>The runs that wait, first come, first served.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Reserves pages when they may go.</summary>
    /// <param name="known">Pages a minute that the user knows; null when only refusals tell.</param>
    /// <returns>Zero when they are reserved; else how long to wait before asking again, infinite when only an upload under way can change
    /// that.</returns>
    public TimeSpan TryReserve(PageReservation wanted, int? known, DateTimeOffset now)
    {
        Repair(now);
        double? limit = Limit.Effective(known, now);
        Forget(limit, now);
        int ahead = TakePlace(wanted, now);
        TimeSpan wait = ahead == 0 ? WaitFor(wanted.Pages, limit, now)
            : HasRoomFor(ahead + wanted.Pages, limit, now) ? TimeSpan.Zero : s_askAgain;
        if (wait != TimeSpan.Zero)
            return wait;

        _places.RemoveAll(place => place.Owner == wanted.Owner);
        _open.Add(wanted with { Began = now });
        return TimeSpan.Zero;
    }

    /// <summary>Gives a place in the order up: the run waits no longer.</summary>
    public void GiveUp(string owner) => _places.RemoveAll(place => place.Owner == owner);

    /// <summary>An upload was accepted, with the pages that the service counted.</summary>
    public void Accepted(PageReservation reservation, int pages, DateTimeOffset now)
    {
        bool wasUnderWay = Close(reservation) is { } open && open.Began < Limit.LearnedAt;
        Spend(pages, now, true);
        Limit.Accepted(wasUnderWay, AcceptedLately(now).Sum(static spent => (double)spent.Pages));
    }

    /// <summary>An upload may have been accepted.</summary>
    public void Unknown(PageReservation reservation, DateTimeOffset now)
    {
        Close(reservation);
        Spend(reservation.Pages, now, false);
    }

    /// <summary>The pages of an upload were not counted by the service.</summary>
    public void Returned(PageReservation reservation) => Close(reservation);

    /// <summary>An upload was refused for its pages.</summary>
    /// <param name="asked">What Retry-After asks for; null when it does not.</param>
    public RateLimit Refused(PageReservation reservation, TimeSpan? asked, DateTimeOffset now)
    {
        DateTimeOffset began = Close(reservation)?.Began ?? now;
        SpentPages[] lately = [.. AcceptedLately(now)];
        TimeSpan firstLeaves = lately.Length == 0 ? TimeSpan.Zero : lately.Min(static spent => spent.Since) + s_length - now;
        return Limit.Refused(
            began, asked, reservation.Pages, _open.Sum(static open => (double)open.Pages), lately.Sum(static spent => (double)spent.Pages),
            firstLeaves, now);
    }

    /// <summary>
    /// Uploads of runs that are gone may have been accepted; a clock that was set back must not keep pages in the window for ever.
    /// </summary>
    private void Repair(DateTimeOffset now)
    {
        foreach (PageReservation orphan in _open.Where(open => !IsAlive(open.Owner)).ToArray())
            Unknown(orphan, now);
        for (int i = 0; i < _spent.Count; i++)
        {
            if (_spent[i].At > now)
                _spent[i] = _spent[i] with { At = now };
        }

        Limit.Repair(now);
    }

    /// <summary>Puts back what was stored.</summary>
    public void Restore(IEnumerable<PageReservation> open, IEnumerable<SpentPages> spent, IEnumerable<Place> places)
    {
        _open.AddRange(open);
        _spent.AddRange(spent);
        _places.AddRange(places);
    }

    private TimeSpan WaitFor(int pages, double? limit, DateTimeOffset now)
    {
        if (now < Limit.BlockedUntil)
            return Limit.BlockedUntil - now;

        // After a refusal one upload tries what the others then may do.
        if (Limit.Refusals > 0 && _open.Count > 0)
            return Timeout.InfiniteTimeSpan;
        if (limit is not { } most)
            return TimeSpan.Zero;

        double used = Used;
        if (used == 0 || used + pages <= most)
            return TimeSpan.Zero;

        // Until enough has aged out. Pages of an upload under way start to age when its answer arrives.
        foreach (SpentPages spent in _spent.OrderBy(spent => spent.Ends(most)))
        {
            used -= spent.Pages;
            if (used <= 0 || used + pages <= most)
                return spent.Ends(most) - now;
        }

        return Timeout.InfiniteTimeSpan;
    }

    private void Forget(double? limit, DateTimeOffset now) => _spent.RemoveAll(spent => spent.Ends(limit ?? double.MaxValue) <= now);

    private double Used => _open.Sum(static open => (double)open.Pages) + _spent.Sum(static spent => spent.Pages);

    /// <summary>Whether there is room for a run and for all before it, so that it need not wait for its turn.</summary>
    private bool HasRoomFor(int pages, double? limit, DateTimeOffset now) =>
        now >= Limit.BlockedUntil && Limit.Refusals == 0 && (limit is not { } most || Used + pages <= most);

    /// <summary>Takes a place among the runs that share the window, or keeps it.</summary>
    /// <returns>For how many pages those before it wait; 0 when it is its turn.</returns>
    private int TakePlace(PageReservation wanted, DateTimeOffset now)
    {
        _places.RemoveAll(place => place.Owner != wanted.Owner && (now - place.AskedAt > s_placeLapses || place.AskedAt > now));
        int at = _places.FindIndex(place => place.Owner == wanted.Owner);
        if (at < 0)
            _places.Add(new Place(wanted.Owner, now, wanted.Pages));
        else
            _places[at] = new Place(wanted.Owner, now, wanted.Pages);
        return _places.TakeWhile(place => place.Owner != wanted.Owner).Sum(static place => Math.Max(1, place.Pages));
    }

    private IEnumerable<SpentPages> AcceptedLately(DateTimeOffset now) =>
        _spent.Where(spent => spent.WasAccepted && now - spent.At < s_length);

    private PageReservation? Close(PageReservation reservation)
    {
        int at = _open.FindIndex(open => open.Owner == reservation.Owner && open.Number == reservation.Number);
        if (at < 0)
            return null;

        PageReservation open = _open[at];
        _open.RemoveAt(at);
        return open;
    }

    private void Spend(int pages, DateTimeOffset now, bool wasAccepted)
    {
        TimeSpan grain = Limit.Learned is null ? s_coarseGrain : s_grain;
        if (_spent.Count > 0 && _spent[_spent.Count - 1] is { } last && last.WasAccepted == wasAccepted && now - last.Since < grain
            && now >= last.At)
            _spent[_spent.Count - 1] = last with { At = now, Pages = last.Pages + pages, Largest = Math.Max(last.Largest, pages) };
        else
            _spent.Add(new SpentPages(now, now, pages, pages, wasAccepted));
    }
}
