using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Nanonets.Errors;
using Nanonets.Http;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Takes a person's word about uploads whose outcome is not known.</para>
/// <para>When an upload was sent completely and no answer came, and looking for it has not settled what became of it, the journal holds it: it is never sent again by
/// itself, since it may have been charged. Look for it in the Nanonets web application and say what you found: -Adopt when it is there, -Resend when it is not, -Discard when it no
/// longer matters. Only the journal is changed; nothing is sent. Documents that were refused or given up can be resolved in the same way.</para>
/// <para>An entry that a living run works on, or that the service has already, is an error and stays as it is.</para>
/// <para>In Windows PowerShell 5.1 the journal's library is built and its references are checked, but it has not been run there.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsJournal -State Held -Path invoice-17.pdf | Resolve-NanonetsUpload -Adopt $id</code>
/// <para>Says that the service has the document under this id: later runs fetch its results and do not send it again.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournal -State Held | Resolve-NanonetsUpload -Resend -WhatIf</code>
/// <para>Shows what would be sent again by the next run. What was accepted after all is then charged a second time.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournal -State Held -Before (Get-Date).AddMonths(-1) | Resolve-NanonetsUpload -Discard</code>
/// <para>Leaves documents alone that no longer matter.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.UploadNotResolved"/>
[Cmdlet(VerbsDiagnostic.Resolve, "NanonetsUpload", DefaultParameterSetName = ResendSet, SupportsShouldProcess = true)]
[OutputType(typeof(JournalEntry))]
public sealed class ResolveNanonetsUploadCommand : JournalCmdlet
{
    private const string AdoptSet = "Adopt";
    private const string ResendSet = "Resend";
    private const string DiscardSet = "Discard";

    private bool _adopted;

    /// <summary>Entries as Get-NanonetsJournal writes them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public JournalEntry? InputObject { get; set; }

    /// <summary>The id (request_file_id) under which the service has the document. For one entry; it is not checked with the service.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AdoptSet)]
    [ValidateNotNullOrEmpty]
    public string? Adopt { get; set; }

    /// <summary>The next run that meets the document sends it again. It is charged a second time if it was accepted after all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResendSet)]
    public SwitchParameter Resend { get; set; }

    /// <summary>Later runs neither look for the document nor send it, unless they get -Resend Failed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DiscardSet)]
    public SwitchParameter Discard { get; set; }

    /// <summary>Writes the entries as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        JournalEntry entry = InputObject!;
        if (Adopt is not null && _adopted)
        {
            WriteError(ErrorTable.UploadNotResolved(entry, $"One id belongs to one document: '{entry.Input}' is left as it is."));
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
            WriteError(ErrorTable.UploadNotResolved(entry, $"The journal '{journal.Location}' does not have '{entry.Input}'."));
        else if (current.IsDone)
            WriteError(ErrorTable.UploadNotResolved(entry, $"'{entry.Input}' is {current.State}: the service has it as {current.RequestFileId}."));
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
