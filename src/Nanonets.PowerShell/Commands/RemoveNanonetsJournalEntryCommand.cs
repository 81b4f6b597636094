using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Removes old entries from a journal.</para>
/// <para>Removes the entries whose state last changed before a date. The journal no longer knows their documents: given to
/// Send-NanonetsDocument again, they are sent, and charged, again. So choose a date before which no document will be given again. Uploads
/// whose outcome is not known (Sending, Ambiguous, Held) are kept, since removing them could hide a charge; -Force removes them too.
/// Entries that another run is working on are always kept.</para>
/// <para>The cmdlet asks before it removes anything; -Confirm:$false does not ask. The file does not become smaller: its free space is used
/// for new entries.</para>
/// <para>The journal has not been tested in Windows PowerShell 5.1 yet.</para>
/// </summary>
/// <example>
/// <code>Remove-NanonetsJournalEntry -Before (Get-Date).AddYears(-1) -WhatIf</code>
/// <para>Shows how many entries would be removed.</para>
/// </example>
/// <example>
/// <code>Remove-NanonetsJournalEntry -Before 2024-01-01 -Journal uploads.db -Confirm:$false</code>
/// <para>Removes the entries of documents that were finished, refused or discarded before 2024, without asking.</para>
/// </example>
/// <example>
/// <code>Remove-NanonetsJournalEntry -Before (Get-Date).AddYears(-2) -Force -Verbose</code>
/// <para>Removes uploads with an unknown outcome as well, and says how many entries were removed.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsCommon.Remove, "NanonetsJournalEntry", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveNanonetsJournalEntryCommand : JournalCmdlet
{
    /// <summary>Removes entries whose state last changed before this time. A time without a zone is local.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TimeTransformation]
    public DateTimeOffset Before { get; set; }

    /// <summary>Also removes uploads whose outcome is not known. They may have been charged.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        (int settled, int open) = WithJournal(static (library, path) => library.OpenReadOnly(path), journal => Count(journal, Before));
        int count = settled + (Force ? open : 0);
        string unresolved = open == 0 ? string.Empty
            : string.Format(CultureInfo.CurrentCulture,
                Force ? ", {0} of them with an unknown outcome" : "; {0} with an unknown outcome are kept", open);
        if (count == 0)
        {
            WriteVerbose($"There is nothing to remove from '{Used}'{unresolved}.");
            return;
        }

        string what = string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} last changed before {2:yyyy-MM-dd HH:mm} in {3}{4}",
            count, count == 1 ? "entry" : "entries", Before, Used, unresolved);
        if (!ShouldProcess(what, "Remove"))
            return;

        int removed = WithJournal(
            static (library, path) => library.Open(path),
            journal => journal.RemoveAsync(Before, Force, CancellationToken.None).GetAwaiter().GetResult());
        WriteVerbose(string.Format(CultureInfo.CurrentCulture, "{0} {1} removed.", removed, removed == 1 ? "entry" : "entries"));
    }

    private static (int Settled, int Open) Count(IUploadJournal journal, DateTimeOffset before)
    {
        int open = 0;
        int all = 0;
        foreach (JournalEntry entry in journal.Query(new JournalQuery { Before = before }))
        {
            all++;
            if (entry.IsUnresolved)
                open++;
        }

        return (all - open, open);
    }
}
