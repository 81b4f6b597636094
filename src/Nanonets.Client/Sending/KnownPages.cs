using System.Linq;

namespace Nanonets.Sending;

/// <summary>
/// Pages of a file whose id is known and whose answer is not at hand: pending, so that Get-NanonetsResult fetches their values, which is free.
/// </summary>
internal static class KnownPages
{
    /// <param name="pageCount">Pages of the file; null when it is not known, then one page stands for all.</param>
    /// <param name="source">The document they are written for.</param>
    /// <param name="duplicateOf">The path under which the same content was sent; null when it was this one.</param>
    public static PageResult[] Of(string? requestFileId, string? modelId, int? pageCount, UploadSource source, string? duplicateOf, bool fromJournal) =>
    [
        .. Enumerable.Range(0, pageCount is > 0 and int count ? count : 1).Select(page => new PageResult
        {
            Input = source.FileName,
            Page = page,
            PageCount = pageCount,
            RequestFileId = requestFileId,
            ModelId = modelId,
            SourcePath = source.SourcePath,
            DuplicateOf = duplicateOf == source.SourcePath ? null : duplicateOf,
            FromJournal = fromJournal,
        }),
    ];
}
