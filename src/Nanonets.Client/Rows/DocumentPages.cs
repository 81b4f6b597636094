using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>The pages of a document as far as rows need them: what is large of a page result is let go.</summary>
internal sealed class DocumentPages(PageResult first)
{
    private readonly List<(string? Id, int Page, Prediction[] Values, bool IsRead)> _pages = [];
    private int? _pageCount;

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
    public void Add(PageResult page)
    {
        _pageCount ??= page.PageCount;
        int known = page.Id is null ? -1 : _pages.FindIndex(other => other.Id == page.Id);
        var entry = (page.Id, page.Page, page.Prediction, page.State == PageState.Success);
        if (known >= 0)
            _pages[known] = entry;
        else
            _pages.Add(entry);
    }
}
