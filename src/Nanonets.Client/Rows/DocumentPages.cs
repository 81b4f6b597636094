using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>The pages of a document, and what is kept of each.</summary>
/// <typeparam name="T">What is kept of a page.</typeparam>
internal sealed class DocumentPages<T>(PageResult first)
{
    private readonly List<(string? Id, int Page, T Kept, bool IsRead)> _pages = [];
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

    /// <summary>What is kept of each page, in page order.</summary>
    public IEnumerable<T> Pages => _pages.OrderBy(static page => page.Page).Select(static page => page.Kept);

    /// <summary>Adds a page; one that comes a second time takes the place of the first.</summary>
    /// <param name="page">The page.</param>
    /// <param name="kept">What is kept of it.</param>
    /// <param name="size">Bytes that this takes, about.</param>
    public void Add(PageResult page, T kept, long size)
    {
        _pageCount ??= page.PageCount;
        int known = page.Id is null ? -1 : _pages.FindIndex(other => other.Id == page.Id);
        var entry = (page.Id, page.Page, kept, page.State == PageState.Success);
        if (known >= 0)
            _pages[known] = entry;
        else
            _pages.Add(entry);
        Size += size;
    }
}
