using System;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.JournalLoading;
using Nanonets.Journaling;

namespace Nanonets.Commands;

/// <summary>
/// <para>Gets what a journal knows of the documents that were sent.</para>
/// <para>Writes an entry for each document, the one changed last first: where it stands, whether it was charged, how often it was sent, and under which id the
/// service has it. With -Summary it adds up documents and pages for each month instead. Nothing is sent and the journal is not changed; a journal that is not there is
/// an error and is not made.</para>
/// <para>An entry has a RequestFileId once the document was accepted: pipe such entries to Get-NanonetsResult to fetch their results, which is free. Entries that are
/// Ambiguous or Held may have been charged without an answer; each later run with the journal looks for them, and Resolve-NanonetsUpload takes a person's word.
/// A journal holds hashes, ids, names, paths and states, never contents, metadata, results or keys.</para>
/// <para>In Windows PowerShell 5.1 the journal's library is built and its references are checked, but it has not been run there.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsJournal -Journal uploads.db -State Held, Ambiguous</code>
/// <para>Shows the documents of which it is not known whether they were accepted.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournal -After (Get-Date).AddDays(-1) -State Accepted | Get-NanonetsResult -Wait</code>
/// <para>Fetches the results of what was accepted since yesterday and not yet finished.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournal -Summary</code>
/// <para>Shows documents and pages charged in each month, and how many documents may have been charged besides.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournal -Path *2025-03*.pdf | Where-Object Attempts -gt 1</code>
/// <para>Shows the documents of a folder that had to be sent more than once.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsCommon.Get, "NanonetsJournal", DefaultParameterSetName = EntrySet)]
[OutputType(typeof(JournalEntry), ParameterSetName = [EntrySet])]
[OutputType(typeof(JournalMonth), ParameterSetName = [SummarySet])]
public sealed class GetNanonetsJournalCommand : JournalCmdlet
{
    private const string EntrySet = "Entry";
    private const string SummarySet = "Summary";

    /// <summary>
    /// The documents: full paths, paths relative to the current location, or names as they were sent; with or without wildcards. Default: all.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = EntrySet)]
    [PathTransformation]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Only entries in these states. Default: all.</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [ValidateNotNullOrEmpty]
    public UploadState[]? State { get; set; }

    /// <summary>Only entries whose state changed at this time or after it. A time without a zone is local.</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [TimeTransformation]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only entries whose state changed before this time. A time without a zone is local.</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [TimeTransformation]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only the document that the service has under this id (request_file_id).</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string? RequestFileId { get; set; }

    /// <summary>Only documents that were sent to this model. Default: all models.</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>Adds up what was accepted in each month (UTC), the newest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SummarySet)]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => WithJournal(static (library, path) => library.OpenReadOnly(path), journal =>
    {
        if (Summary)
            WriteObject(journal.Months(), enumerateCollection: true);
        else
            WriteEntries(journal);
        return true;
    });

    private void WriteEntries(IUploadJournal journal)
    {
        var query = new JournalQuery
        {
            States = State,
            After = After,
            Before = Before,
            RequestFileId = RequestFileId,
            ModelId = ModelId,
        };
        Func<string, bool>[]? wanted = Path?.SelectMany(Matches).ToArray();
        foreach (JournalEntry entry in journal.Query(query))
        {
            if (wanted is null || wanted.Any(matches => matches(entry.SourcePath ?? string.Empty) || matches(entry.Input)))
                WriteObject(entry with { Journal = journal.Location });
        }
    }

    /// <summary>
    /// The path as it stands, for names and full paths, and as seen from the current location; of a file object its full path alone.
    /// </summary>
    private Func<string, bool>[] Matches(string path)
    {
        bool isObject = MarkedText.ObjectPath.Has(path);
        string? full = isObject || !WildcardPattern.ContainsWildcardCharacters(path) ? FileSystemPath.Find(SessionState, path) : null;
        Func<string, bool> isFull = known => string.Equals(known, full, isObject ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        return isObject ? [isFull] : [new WildcardPattern(path, WildcardOptions.IgnoreCase).IsMatch, isFull];
    }
}
