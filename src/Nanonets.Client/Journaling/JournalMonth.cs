using System;

namespace Nanonets;

/// <summary>What a journal says was charged in a month.</summary>
/// <param name="Month">First day of the month, UTC.</param>
/// <param name="Documents">Documents accepted in it.</param>
/// <param name="Pages">Their pages, where known.</param>
/// <param name="Unknown">Documents last changed in it that may have been charged without an answer.</param>
public sealed record JournalMonth(DateTimeOffset Month, int Documents, long Pages, int Unknown);
