using System;
using System.Collections.Generic;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>
/// Files documents away, one after the other: result, rows and original appear whole or not at all, and the original moves last. What goes
/// wrong is taken back. See <see cref="FilingRecord"/> for the steps.
/// </summary>
internal sealed class FilingDesk(InboxOptions options, DateTimeOffset startedAt) : IDisposable
{
    /// <summary>The folders of the destination that this fills.</summary>
    public static readonly string[] Folders = ["done", "review", "failed", "rows", "reports", ".nanonets"];

    private readonly RowsText _text = new(options);
    private RunFolder? _folder;

    /// <summary>Rows that were written.</summary>
    public int Rows { get; private set; }

    /// <summary>Why rows, of this run or an earlier one, are left to a later run; null when none are.</summary>
    public string? RowsLeft { get; private set; }

    private string Root => options.Below(".nanonets");

    /// <summary>
    /// Finishes what runs before left unfinished. Gives what was filed and the journal may not know of, each before it is forgotten here.
    /// </summary>
    /// <exception cref="DestinationFailure">The destination cannot be written to.</exception>
    public IEnumerable<FilingRecord> Recover()
    {
        foreach (RunFolder folder in RunFolder.Abandoned(Root))
        {
            using (folder)
            {
                FilingRecord? filed = Writing(
                    Root, () => FilingRecord.Read(folder.RecordPath) is { } record && !TakeBack(folder, record) ? record : null);
                if (filed is not null)
                    yield return filed;
                Finish(folder);
            }
        }
    }

    /// <summary>Files a document. <see cref="Complete"/> follows when the journal knows it.</summary>
    /// <param name="item">The document.</param>
    /// <param name="result">What is known of it; it learns its place here.</param>
    /// <exception cref="OriginalFailure">It stays in the inbox.</exception>
    /// <exception cref="DestinationFailure">The destination cannot be written to.</exception>
    public FilingRecord File(InboxItem item, FiledResult result)
    {
        string place = options.Below(FolderOf(result.Verdict.State), item.Folder);
        RunFolder folder = Writing(place, () =>
        {
            Directory.CreateDirectory(place);
            return _folder ??= RunFolder.Create(Root, startedAt);
        });
        while (true)
        {
            FiledName name = FiledName.Free(place, item.Name);
            result.Place(name.Original);
            var record = new FilingRecord
            {
                Source = item.FullPath,
                Original = name.Original,
                Result = name.Result,
                RowsLength = Length(folder.RowsPath),
                RequestFileId = result.RequestFileId,
                ModelId = result.ModelId,
                FiledAs = result.DuplicateOf is null ? name.Original : null,
                PageCount = result.Pages.Count,
                FailedPages = result.FailedPages,
            };
            IReadOnlyList<string> rows = _text.Of(result);
            try
            {
                bool isNamed = Writing(name.Original, () => Prepare(folder, record, result, rows));
                if (!isNamed)
                    continue;
                Writing(name.Original, () =>
                {
                    OriginalFile.Move(item.FullPath, item.Stamp, name.Original, folder.CopyPath);
                    return true;
                });
            }
            catch
            {
                Writing(name.Original, () => TakeBack(folder, record));
                throw;
            }

            Rows += rows.Count;
            return record;
        }
    }

    /// <summary>The document that was filed last needs no record any more.</summary>
    /// <exception cref="DestinationFailure">The destination cannot be written to.</exception>
    public void Complete() => Writing(_folder!.RecordPath, () => Removed(_folder.RecordPath));

    /// <summary>Gives the rows of the run to whoever reads them.</summary>
    /// <returns>The file; null when there are none, or a later run does it.</returns>
    public string? Publish() => _folder is { } folder ? Finish(folder) : null;

    public void Dispose() => _folder?.Dispose();

    /// <summary>The folder for a document that is not left.</summary>
    public static string FolderOf(InboxState state) => state switch
    {
        InboxState.Done => "done",
        InboxState.Review => "review",
        InboxState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private bool Prepare(RunFolder folder, FilingRecord record, FiledResult result, IReadOnlyList<string> rows)
    {
        DurableFile.Write(folder.ResultPath, result.ToJson());
        DurableFile.Write(folder.RecordPath, record.ToBytes());
        if (rows.Count > 0)
            DurableFile.Append(folder.RowsPath, _text.Encode(rows, isFirst: record.RowsLength == 0));
        try
        {
            DurableFile.Rename(folder.ResultPath, record.Result);
            return true;
        }
        catch (IOException) when (System.IO.File.Exists(record.Result))
        {
            // Another run has taken the name in this very moment.
            TakeBack(folder, record);
            return false;
        }
    }

    /// <summary>Takes back what was done for a document whose original has not moved.</summary>
    /// <returns>False when it has: the document is filed.</returns>
    private static bool TakeBack(RunFolder folder, FilingRecord record)
    {
        bool isNamed = record.HasItsName(folder.ResultPath);
        if (isNamed && System.IO.File.Exists(record.Original))
        {
            if (System.IO.File.Exists(record.Source) && OriginalFile.IsSame(record.Source, record.Original))
                OriginalFile.Remove(record.Source);
            return false;
        }

        if (isNamed)
            System.IO.File.Delete(record.Result);
        if (Length(folder.RowsPath) > record.RowsLength)
        {
            using var rows = new FileStream(folder.RowsPath, FileMode.Open, FileAccess.Write, FileShare.None);
            rows.SetLength(record.RowsLength);
        }

        System.IO.File.Delete(folder.ResultPath);
        System.IO.File.Delete(folder.CopyPath);
        return Removed(folder.RecordPath);
    }

    /// <summary>
    /// Nothing is in the making any more: the rows get their place, and the folder goes. What cannot be done now is kept.
    /// </summary>
    private string? Finish(RunFolder folder)
    {
        try
        {
            // What could not be taken back is a later run's, with all that belongs to it.
            if (ReferenceEquals(folder, _folder) && System.IO.File.Exists(folder.RecordPath))
                throw new IOException("A document was filed in part only.");

            string? published = Length(folder.RowsPath) == 0 ? null : RowsFile.Publish(folder.RowsPath, folder.Stamp, options);
            folder.Remove();
            return published;
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            RowsLeft = $"'{options.RowsPath ?? options.Below("rows")}' cannot be written: {failure.Message}";
            return null;
        }
    }

    private static long Length(string path) => System.IO.File.Exists(path) ? new FileInfo(path).Length : 0;

    private static bool Removed(string path)
    {
        System.IO.File.Delete(path);
        return true;
    }

    private static T Writing<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            throw new DestinationFailure(path, failure);
        }
    }
}
