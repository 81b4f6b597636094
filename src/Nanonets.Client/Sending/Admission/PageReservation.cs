using System;

namespace Nanonets.Sending.Admission;

/// <summary>The right of a run to send so many pages.</summary>
/// <param name="Owner">The run.</param>
/// <param name="Number">Which of the run's.</param>
/// <param name="Pages">Estimated.</param>
/// <param name="Began">When they were reserved, UTC.</param>
internal sealed record PageReservation(string Owner, long Number, int Pages, DateTimeOffset Began = default);

/// <summary>Pages that the service has counted, or may have.</summary>
/// <param name="Since">When the first of them were answered.</param>
/// <param name="At">When the last of them were answered: from then on they age.</param>
/// <param name="Pages">How many.</param>
/// <param name="Largest">Pages of the largest document among them.</param>
/// <param name="WasAccepted">False when it is not known.</param>
internal sealed record SpentPages(DateTimeOffset Since, DateTimeOffset At, int Pages, int Largest, bool WasAccepted)
{
    /// <summary>When they no longer count: a document larger than the window fills several minutes.</summary>
    public DateTimeOffset Ends(double limit) => At + TimeSpan.FromMinutes(Math.Max(1, Largest / Math.Max(1, limit)));
}

/// <summary>A run's place among those that wait for a shared window.</summary>
/// <param name="Owner">The run.</param>
/// <param name="AskedAt">When it asked last.</param>
/// <param name="Pages">For how many pages.</param>
internal sealed record Place(string Owner, DateTimeOffset AskedAt, int Pages);

/// <summary>What a refusal for the number of pages means.</summary>
/// <param name="Wait">How long nothing is sent to the model.</param>
/// <param name="AskedTooMuch">What the service asked for when that is longer than it is followed; null otherwise.</param>
/// <param name="IsHopeless">Refused for so long without any success that the model is given up.</param>
internal sealed record RateLimit(TimeSpan Wait, TimeSpan? AskedTooMuch, bool IsHopeless);
