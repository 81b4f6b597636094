using System;

namespace Nanonets.Sending.Admission;

/// <summary>
/// What refusals have taught about the pages a minute of one model, and how long nothing is sent to it. Arithmetic only, as
/// <see cref="PageWindow"/> is.
/// </summary>
internal sealed class PageLimit
{
    /// <summary>What a refused window keeps when nothing better is known.</summary>
    private const double Decrease = 0.8;

    /// <summary>
    /// By how much a limit is raised first; every other raise is twice as large, so that one that was learned far too low does not last.
    /// </summary>
    private const double Growth = 0.02;
    private const int MostDoublings = 5;

    /// <summary>Ages of pages are known to a few seconds: answers take their time.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_growAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_growAfterVain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_afterRaise = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] s_waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)];

    /// <summary>The longest that a Retry-After is followed.</summary>
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(10);

    /// <summary>Refused for so long without any success, more waiting does not help.</summary>
    private static readonly TimeSpan s_hopeless = TimeSpan.FromMinutes(15);

    /// <summary>Pages a minute as refusals have taught; null while none has.</summary>
    public double? Learned { get; set; }

    /// <summary>When the limit was last learned or raised.</summary>
    public DateTimeOffset LearnedAt { get; set; }

    /// <summary>How often it was raised since a refusal taught it; -1 when that refusal answered a raise.</summary>
    public int Raises { get; set; }

    /// <summary>Nothing goes before this.</summary>
    public DateTimeOffset BlockedUntil { get; set; }

    /// <summary>Refusals in a row.</summary>
    public int Refusals { get; set; }

    /// <summary>Since when nothing has been accepted; null after a success.</summary>
    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>
    /// The limit that holds: the smaller of the known and the learned one. A learned one is tried a little higher after some minutes
    /// without a refusal.
    /// </summary>
    public double? Effective(int? known, DateTimeOffset now)
    {
        if (Learned is { } learned && Refusals == 0 && now - LearnedAt >= (Raises < 0 ? s_growAfterVain : s_growAfter))
        {
            Learned = learned * RaiseAt(Raises);
            (LearnedAt, Raises) = (now, Math.Max(Raises, 0) + 1);
        }

        return Learned is { } most && known is { } limit ? Math.Min(most, limit) : Learned ?? known;
    }

    /// <summary>An upload was accepted.</summary>
    /// <param name="wasUnderWay">Whether it was under way when the limit was learned: then it belongs to the window that taught it.</param>
    /// <param name="lately">Pages accepted in the last minute, its own included.</param>
    public void Accepted(bool wasUnderWay, double lately)
    {
        (Refusals, RefusedSince) = (0, null);
        if (wasUnderWay && Learned is { } learned)
            Learned = Math.Max(learned, lately);
    }

    /// <summary>An upload was refused for its pages.</summary>
    /// <param name="began">When it was sent.</param>
    /// <param name="asked">What Retry-After asks for; null when it does not.</param>
    /// <param name="pages">Its own pages.</param>
    /// <param name="underWay">Pages of the others that are under way.</param>
    /// <param name="lately">Pages accepted in the last minute.</param>
    /// <param name="firstLeaves">In how long the first of them leave the window.</param>
    public RateLimit Refused(
        DateTimeOffset began, TimeSpan? asked, int pages, double underWay, double lately, TimeSpan firstLeaves, DateTimeOffset now)
    {
        // Several that were under way together are refused together: that is one refusal.
        bool isNews = began >= BlockedUntil, isOfRaise = false;
        if (RefusedSince is null || now - BlockedUntil > s_hopeless || RefusedSince > now)
            (RefusedSince, Refusals) = (now, 0);
        if (isNews)
        {
            Refusals++;

            // Who may come back before any of our pages has left the window was not refused for them: others share the limit, or it is one
            // of requests.
            if (lately > 0 && !(asked < firstLeaves - s_tolerance))
            {
                isOfRaise = Raises > 0 && Refusals == 1;
                Learn(lately, pages, underWay, now);
            }
        }

        TimeSpan wait = asked ?? s_waits[Math.Min(Math.Max(Refusals, 1), s_waits.Length) - 1];

        // A limit that was tried too high is no trouble of the service: there is room again as soon as the first pages leave.
        if (asked is null && isOfRaise)
            wait = Shorter(wait, firstLeaves + s_afterRaise);
        bool asksTooMuch = wait > s_longestAsked;
        TimeSpan left = RefusedSince.Value + s_hopeless - now;
        wait = Shorter(asksTooMuch ? s_longestAsked : wait, left > TimeSpan.Zero ? left : s_longestAsked);
        if ((isNews || asked is not null) && now + wait > BlockedUntil)
            BlockedUntil = now + wait;
        return new RateLimit(BlockedUntil > now ? BlockedUntil - now : TimeSpan.Zero, asksTooMuch ? asked : null, left <= TimeSpan.Zero);
    }

    /// <summary>A clock that was set back must not block a model for ever.</summary>
    public void Repair(DateTimeOffset now)
    {
        if (BlockedUntil > now + s_longestAsked)
            BlockedUntil = now;
        if (LearnedAt > now)
            LearnedAt = now;
    }

    private void Learn(double lately, int pages, double underWay, DateTimeOffset now)
    {
        // The limit lies below this.
        double above = lately + underWay + pages;
        if (Learned is not { } limit)
        {
            // Of a large document it says little: the limit lies somewhere between what was accepted and that with the document.
            Learned = lately + ((pages - 1) / 4);
        }
        else
        {
            double before = Raises > 0 ? Math.Round(limit / RaiseAt(Raises - 1), 3) : above;
            Learned = before < above ? before : Math.Min(limit, Math.Max(above - 1, limit * Decrease));
        }

        (LearnedAt, Raises) = (now, Raises > 0 ? -1 : 0);
    }

    /// <summary>By how much a limit is raised that was raised so often before.</summary>
    private static double RaiseAt(int raises) => 1 + (Growth * (1 << Math.Min(Math.Max(raises, 0) / 2, MostDoublings)));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
