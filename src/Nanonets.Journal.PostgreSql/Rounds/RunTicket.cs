using System;
using System.Collections.Generic;
using Nanonets.Journaling;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>
/// What a run knows of itself: its number in the database, and how many transactions it has made. A database that knows of fewer has lost
/// the newest ones. Touched by one round at a time.
/// </summary>
internal sealed class RunTicket(string runId, long number, Action<long> mark)
{
    private static readonly TimeSpan s_sameTime = TimeSpan.FromMilliseconds(500);

    private long _correctionTicks;
    private NanonetsException? _lost;

    public string RunId => runId;

    public long Number => number;

    /// <summary>Transactions that are known to be made.</summary>
    public long Transactions { get; private set; }

    /// <summary>Whether its claims have passed on.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The time of the database less that of this machine.</summary>
    public TimeSpan ClockCorrection => TimeSpan.FromTicks(System.Threading.Interlocked.Read(ref _correctionTicks));

    /// <summary>Compares what the database says of the run with what it knows.</summary>
    /// <param name="rows">What was read.</param>
    /// <param name="unheard">Transactions whose end was not heard of.</param>
    /// <returns>Whether one of them was made.</returns>
    /// <exception cref="NanonetsException">JournalUnavailable: the newest transactions are lost.</exception>
    public bool Judge(RoundRows rows, HashSet<Guid> unheard)
    {
        if (_lost is not null)
            throw _lost;

        bool wasMade = rows.Own is { Round: { } last } && unheard.Contains(last) && rows.Own.Changes == Transactions + 1;
        Correct(rows.ClockCorrection);
        if (rows.Own is null || (!wasMade && rows.Own.Changes != Transactions))
            throw _lost = Lost();
        if (wasMade)
            Made();
        HasEnded |= !rows.Own.IsAlive;
        return wasMade;
    }

    /// <summary>A transaction was made.</summary>
    public void Made() => mark(++Transactions);

    /// <summary>Why a run whose claims have passed on can do no more.</summary>
    public static NanonetsException Ended(JournalLocation location) => new(
        NanonetsErrorId.JournalUnavailable,
        $"The journal '{location}' had not heard of this run for so long that other runs may have taken over its documents: this machine "
            + "or its connection to the database was stopped. Run the same command again.");

    /// <summary>The way to the server takes now more, now less; time must not go back and forth for that.</summary>
    private void Correct(TimeSpan correction)
    {
        if ((correction - ClockCorrection).Duration() > s_sameTime)
            System.Threading.Interlocked.Exchange(ref _correctionTicks, correction.Ticks);
    }

    private static NanonetsException Lost() => new(
        NanonetsErrorId.JournalUnavailable,
        "The journal's database does not know what this run has written last: it was put back to an earlier state, as after a failover "
            + "or a restore. The next run looks at what the service has before it sends. Run the same command again.");
}
