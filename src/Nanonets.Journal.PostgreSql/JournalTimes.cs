using System;

namespace Nanonets.Journal.PostgreSql;

/// <summary>How long things may take; tests shorten them.</summary>
internal sealed record JournalTimes
{
    /// <summary>For a look that may fail at once.</summary>
    public static JournalTimes Impatient { get; } = new() { Patience = TimeSpan.Zero };

    /// <summary>A run that the database has not heard of for so long is gone: its claims pass on.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a run is heard of at least.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a database that does not answer is tried again. A good deal less than <see cref="Lease"/>: a run that gives up stops while
    /// its claims are still its own.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a server may take to accept a connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(15);
}
