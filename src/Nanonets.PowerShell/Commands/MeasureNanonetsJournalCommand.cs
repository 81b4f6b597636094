using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Adds up the documents and pages of a journal by month.</para>
/// <para>Writes one object for each month (UTC) in which documents were accepted, the newest first. Documents and Pages are what the
/// service accepted in this journal; that is presumably what it charges. Documents whose page count is not known yet add no pages. Unknown
/// is the number of documents that may also have been charged, because the answer to their upload was lost. Not included:
/// Read-NanonetsText, Send-NanonetsDocument -Classification, Restart-NanonetsPrediction, and uploads without this journal.</para>
/// <para>Nothing is sent, and the journal is not changed. A journal that does not exist is an error and is not created.</para>
/// <para>The journal has not been tested in Windows PowerShell 5.1 yet.</para>
/// </summary>
/// <example>
/// <code>Measure-NanonetsJournal</code>
/// <para>Shows the documents and pages accepted in each month, from the journal of the connection.</para>
/// </example>
/// <example>
/// <code>Measure-NanonetsJournal -Journal uploads.db | Measure-Object -Property Pages -Sum</code>
/// <para>Adds up the pages of all months.</para>
/// </example>
/// <example>
/// <code>Measure-NanonetsJournal -Journal uploads.db | Where-Object Unknown -gt 0</code>
/// <para>Shows the months whose bill may hold documents that the journal does not have as accepted.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsDiagnostic.Measure, "NanonetsJournal")]
[OutputType(typeof(JournalMonth))]
public sealed class MeasureNanonetsJournalCommand : JournalCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WithJournal(static (library, path) => library.OpenReadOnly(path), journal =>
    {
        WriteObject(journal.Months(), enumerateCollection: true);
        return true;
    });
}
