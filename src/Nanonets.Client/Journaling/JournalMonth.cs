using System;

namespace Nanonets;

/// <summary>
/// What the service accepted in a month, as a journal knows it; that is presumably what it charges. Not included: Read-NanonetsText,
/// Send-NanonetsDocument -Classification, Restart-NanonetsPrediction, and uploads without this journal.
/// </summary>
/// <param name="Month">First day of the month, UTC.</param>
/// <param name="Documents">Documents accepted in it.</param>
/// <param name="Pages">Their pages; a document whose number of pages is not known yet adds none.</param>
/// <param name="Unknown">Documents last changed in it that may have been charged without an answer.</param>
public sealed record JournalMonth(DateTimeOffset Month, int Documents, long Pages, int Unknown);
