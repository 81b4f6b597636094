using System.Linq;

namespace Nanonets;

/// <summary>All pages of a file that an answer held, in page order.</summary>
internal sealed class FileResult
{
    internal FileResult(string modelId, string requestFileId, PageResult[] pages) =>
        (ModelId, RequestFileId, Pages) = (modelId, requestFileId, pages);

    /// <summary>The model asked.</summary>
    public string ModelId { get; }

    /// <summary>The file asked for.</summary>
    public string RequestFileId { get; }

    /// <summary>The pages; empty when the service knows none yet.</summary>
    public PageResult[] Pages { get; }

    /// <summary>Every page is there: they start at 0 without a gap, and none is pending.</summary>
    internal bool LooksComplete =>
        Pages.Length > 0 && Pages.All(static page => page.IsFinished)
            && Pages.Select(static page => page.Page).SequenceEqual(Enumerable.Range(0, Pages.Length));
}
