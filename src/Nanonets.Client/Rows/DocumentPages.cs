using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>The pages of a document as far as rows need them: what is large of a page result is let go.</summary>
internal sealed class DocumentPages(PageResult first)
{
    /// <summary>What a page and a value take without their texts, about.</summary>
    private const int PageBytes = 500;
    private const int ValueBytes = 250;

    private readonly List<(string? Id, int Page, Prediction[] Values, bool IsRead)> _pages = [];
    private int? _pageCount;

    /// <summary>Bytes that it takes in memory, about.</summary>
    public long Size { get; private set; }

    public string? RequestFileId { get; } = first.RequestFileId;

    public string? SourcePath { get; } = first.SourcePath;

    public string? DuplicateOf { get; } = first.DuplicateOf;

    public string? Input { get; } = first.Input;

    /// <summary>Whether all pages are there; false where it is not known how many there are.</summary>
    public bool IsComplete => _pageCount <= _pages.Count;

    /// <summary>Whether a page is pending or could not be read.</summary>
    public bool IsUnread => _pages.Exists(static page => !page.IsRead);

    /// <summary>The values of each page, in page order.</summary>
    public IEnumerable<Prediction[]> Pages => _pages.OrderBy(static page => page.Page).Select(static page => page.Values);

    /// <summary>Adds a page; one that comes a second time takes the place of the first.</summary>
    /// <param name="page">The page.</param>
    /// <param name="values">What rows need of it.</param>
    /// <returns>Bytes that it takes, about.</returns>
    public long Add(PageResult page, Prediction[] values)
    {
        _pageCount ??= page.PageCount;
        int known = page.Id is null ? -1 : _pages.FindIndex(other => other.Id == page.Id);
        var entry = (page.Id, page.Page, values, page.State == PageState.Success);
        if (known >= 0)
            _pages[known] = entry;
        else
            _pages.Add(entry);
        long size = PageBytes + values.Sum(
            static value => ValueBytes + Bytes(value.Text) + value.Cells.Sum(static cell => ValueBytes + Bytes(cell.Text)));
        Size += size;
        return size;
    }

    private static long Bytes(string? text) => 2L * (text?.Length ?? 0);
}
