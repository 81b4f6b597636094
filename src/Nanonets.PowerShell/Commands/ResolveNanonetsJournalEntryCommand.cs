using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Http;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Records what became of uploads whose outcome is not known.</para>
/// <para>When a document was sent completely and no answer came, it may have been charged. If it can neither be found nor be proven
/// missing, the journal holds it, and no run sends it again by itself. Look for it in the Nanonets web application and record what you
/// found: -Adopt when it is there, -Resend when it is not, -Discard when it no longer matters. Only the journal is changed; nothing is
/// sent. Documents that were refused or discarded can be resolved in the same way.</para>
/// <para>An entry that another run is working on, or that the service is known to have, is an error and stays as it is. See
/// about_Nanonets_Journal.</para>
/// <para>The journal has not been tested in Windows PowerShell 5.1 yet.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsJournalEntry -State Held -SourcePath invoice-17.pdf | Resolve-NanonetsJournalEntry -Adopt $id</code>
/// <para>Records that the service has the document under this id: later runs fetch its results and do not send it again.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournalEntry -State Held | Resolve-NanonetsJournalEntry -Resend -WhatIf</code>
/// <para>Shows which documents the next run would send again. Those that were accepted after all would be charged a second time.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournalEntry -State Held -Before (Get-Date).AddMonths(-1) | Resolve-NanonetsJournalEntry -Discard</code>
/// <para>Closes old entries that no longer matter.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.UploadNotResolved"/>
[Cmdlet(VerbsDiagnostic.Resolve, "NanonetsJournalEntry", DefaultParameterSetName = ResendSet, SupportsShouldProcess = true)]
[OutputType(typeof(JournalEntry))]
public sealed class ResolveNanonetsJournalEntryCommand : JournalCmdlet
{
    private const string AdoptSet = "Adopt";
    private const string ResendSet = "Resend";
    private const string DiscardSet = "Discard";

    private bool _adopted;

    /// <summary>The entries, as Get-NanonetsJournalEntry writes them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public JournalEntry? InputObject { get; set; }

    /// <summary>
    /// The journal: its path, or the address of its database (postgresql://…). Entries that are piped in bring their own. Default: the
    /// journal of the connection (Connect-Nanonets -Journal), else the one that the environment variable NANONETS_JOURNAL names.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Journal { get; set; }

    /// <summary>
    /// The id (request_file_id) under which the service has the document. For one entry; it is not checked with the service.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = AdoptSet)]
    [ValidateNotNullOrEmpty]
    public string? Adopt { get; set; }

    /// <summary>
    /// The next run that gets the document sends it again. If it was accepted after all, it is charged a second time. See "Sending again"
    /// in about_Nanonets_Journal.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ResendSet)]
    public SwitchParameter Resend { get; set; }

    /// <summary>Later runs neither look for the document nor send it, except with Send-NanonetsDocument -Resend Failed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DiscardSet)]
    public SwitchParameter Discard { get; set; }

    /// <summary>Writes the changed entries.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        JournalEntry entry = InputObject!;
        if (Adopt is not null && _adopted)
        {
            WriteError(ErrorTable.UploadNotResolved(entry, $"An id belongs to one document only. '{entry.Input}' was not changed."));
            return;
        }

        if (!ShouldProcess(PlainText.Printable($"{entry.Input} ({entry.State}, entry {entry.EntryId})"), Action))
            return;

        JournalEntry? resolved = WithJournal(static (library, path) => library.Open(path), journal => Resolve(journal, entry));
        if (resolved is null)
            return;

        _adopted = true;
        if (PassThru)
            WriteObject(resolved);
    }

    private string Action => ParameterSetName switch
    {
        AdoptSet => $"Adopt as {Adopt!.Trim()}",
        ResendSet => "Send again with the next run",
        _ => "Discard",
    };

    private JournalEntry? Resolve(IUploadJournal journal, JournalEntry entry)
    {
        JournalEntry? current = journal.Query(new JournalQuery { EntryId = entry.EntryId }).FirstOrDefault(found => found.Key == entry.Key);
        if (current is null)
            WriteError(ErrorTable.UploadNotResolved(entry, $"The journal '{journal.Location}' has no entry for '{entry.Input}'."));
        else if (current.IsDone)
            WriteError(ErrorTable.UploadNotResolved(
                entry, $"'{entry.Input}' is {current.State}. Its id at the service is {current.RequestFileId}."));
        else
            return Apply(journal, current);
        return null;
    }

    private JournalEntry? Apply(IUploadJournal journal, JournalEntry entry)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        UploadChange word = ParameterSetName switch
        {
            AdoptSet => new UploadChange.Adopted(now, Adopt!.Trim()),
            ResendSet => new UploadChange.SentAgain(now),
            _ => new UploadChange.Discarded(now),
        };
        try
        {
            return journal.ResolveAsync(entry.EntryId, word, CancellationToken.None).GetAwaiter().GetResult() is { } resolved
                ? resolved with { Journal = journal.Location }
                : null;
        }
        catch (InvalidOperationException refusal)
        {
            WriteError(ErrorTable.UploadNotResolved(entry, refusal.Message));
            return null;
        }
    }
}
