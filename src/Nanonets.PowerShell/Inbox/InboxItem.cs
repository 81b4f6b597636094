using System.IO;
using System.Threading.Tasks;
using Nanonets.Documents;

namespace Nanonets.Inbox;

/// <summary>A document of the inbox on its way through a run.</summary>
/// <param name="file">The file as it was when the inbox was read.</param>
/// <param name="folder">Its folder below the inbox; empty for the inbox itself.</param>
internal sealed class InboxItem(FileInfo file, string folder)
{
    private readonly TaskCompletionSource<InboxDocument> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string FullPath { get; } = file.FullName;

    public string Name { get; } = file.Name;

    public string Folder { get; } = folder;

    /// <summary>Its path below the inbox.</summary>
    public string Input { get; } = Path.Combine(folder, file.Name);

    /// <summary>What it was when the inbox was read: another is another document, for a later run.</summary>
    public FileStamp Stamp { get; init; }

    /// <summary>Whether it has not been changed for so long that nobody is writing to it any more.</summary>
    public bool IsOld { get; init; }

    /// <summary>The user's own metadata; null for none.</summary>
    public string? Metadata { get; set; }

    /// <summary>Whether a tag may be added to the metadata: it is JSON that was made from an object.</summary>
    public bool MetadataIsObject { get; set; }

    /// <summary>What became of it; null until then.</summary>
    public InboxDocument? Document => _ended.Task.IsCompleted ? _ended.Task.Result : null;

    /// <summary>Completes when it has ended.</summary>
    public Task<InboxDocument> Ended => _ended.Task;

    /// <summary>What the sender gets.</summary>
    public Document ToDocument() => new(UploadSource.FromPath(FullPath), this);

    /// <summary>It stays in the inbox, or is there no more.</summary>
    public void Leave(Verdict verdict, string? requestFileId = null, int? pageCount = null) => End(new InboxDocument
    {
        Input = Input,
        State = verdict.State,
        SourcePath = FullPath,
        RequestFileId = requestFileId,
        PageCount = pageCount,
        ErrorId = verdict.ErrorId,
        Reason = verdict.Reason,
        Advice = verdict.Advice,
    });

    public void End(InboxDocument document) => _ended.TrySetResult(document);
}
