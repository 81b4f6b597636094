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
/// <para>Gets the entries of a journal: what became of each document.</para>
/// <para>Writes one entry for each document, the latest change first: its state, whether it was charged, how often it was sent, and its id
/// at the service. Nothing is sent, and the journal is not changed. A journal that does not exist is an error and is not created.</para>
/// <para>An accepted document has a RequestFileId. Pipe its entry to Get-NanonetsResult to fetch the results, which is free. Entries that
/// are Ambiguous or Held may have been charged without an answer. Each later run with the journal looks for them;
/// Resolve-NanonetsJournalEntry records what you found out yourself. A journal holds hashes, ids, names, paths and states, never contents,
/// metadata, results or keys. Measure-NanonetsJournal adds up documents and pages by month.</para>
/// <para>The journal has not been tested in Windows PowerShell 5.1 yet.</para>
/// </summary>
/// <example>
/// <code>Get-NanonetsJournalEntry -Journal uploads.db -State Held, Ambiguous</code>
/// <para>Shows the documents that may or may not have been accepted.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournalEntry -After (Get-Date).AddDays(-1) -State Accepted | Get-NanonetsResult -Wait</code>
/// <para>Fetches the results of the documents that were accepted since yesterday and are not finished yet.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsJournalEntry -SourcePath *2025-03*.pdf | Where-Object Attempts -gt 1</code>
/// <para>Shows the documents of March that had to be sent more than once.</para>
/// </example>
/// <exception cref="NanonetsErrorId.JournalUnavailable"/>
/// <exception cref="ErrorTable.JournalPathMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
[Cmdlet(VerbsCommon.Get, "NanonetsJournalEntry")]
[OutputType(typeof(JournalEntry))]
public sealed class GetNanonetsJournalEntryCommand : JournalCmdlet
{
    /// <summary>
    /// The documents: full paths, paths relative to the current location, or names as they were sent; with or without wildcards.
    /// Default: all.
    /// </summary>
    [Parameter(Position = 0)]
    [PathTransformation]
    [SupportsWildcards]
    public string[]? SourcePath { get; set; }

    /// <summary>Only entries in these states. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public UploadState[]? State { get; set; }

    /// <summary>Only entries whose state changed at this time or after it. A time without a zone is local.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only entries whose state changed before this time. A time without a zone is local.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Before { get; set; }

    /// <summary>Only the document with this id at the service (request_file_id).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RequestFileIdCompleter))]
    public string? RequestFileId { get; set; }

    /// <summary>Only documents that were sent to this model. Default: all models.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => WithJournal(static (library, path) => library.OpenReadOnly(path), journal =>
    {
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
            Pieces = Pieces(),
        };
        Func<string, bool>[]? wanted = SourcePath?.SelectMany(Matches).ToArray();
        foreach (JournalEntry entry in journal.Query(query))
        {
            if (wanted is null || wanted.Any(matches => matches(entry.SourcePath ?? string.Empty) || matches(entry.Input)))
                WriteObject(entry with { Journal = journal.Location });
        }
    }

    /// <summary>What each of the paths has for certain; null when one has nothing.</summary>
    private string[]? Pieces()
    {
        string[]? pieces = SourcePath?.Select(PathPiece.Of).OfType<string>().ToArray();
        return pieces?.Length == SourcePath?.Length ? pieces : null;
    }

    /// <summary>
    /// The path as it stands, for names and full paths, and as seen from the current location; of a file object its full path alone.
    /// </summary>
    private Func<string, bool>[] Matches(string path)
    {
        bool isObject = MarkedText.ObjectPath.Has(path);
        string? full = isObject || !WildcardPattern.ContainsWildcardCharacters(path) ? FileSystemPath.Find(SessionState, path) : null;
        Func<string, bool> isFull = known =>
            string.Equals(known, full, isObject ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        return isObject ? [isFull] : [new WildcardPattern(path, WildcardOptions.IgnoreCase).IsMatch, isFull];
    }
}
