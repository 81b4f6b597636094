using System.Collections.Generic;

namespace Nanonets.Rows;

/// <summary>
/// Puts the pages of a document together. A document is done when all its pages are there; where their number is not known, or some never come, when so many others have begun
/// since that no further page of it is to be expected: that keeps memory flat.
/// </summary>
/// <param name="openAtOnce">How many documents may be open; null for any number, so that nothing is done before the end.</param>
internal sealed class DocumentGrouper(int? openAtOnce)
{
    private readonly Dictionary<Key, LinkedListNode<(Key Key, DocumentPages Pages)>> _open = [];
    private readonly LinkedList<(Key Key, DocumentPages Pages)> _order = new();

    private readonly record struct Key(string RequestFileId, string? SourcePath, string? DuplicateOf);

    /// <summary>Adds a page.</summary>
    /// <returns>The documents that are done by that.</returns>
    public IEnumerable<DocumentPages> Add(PageResult page)
    {
        // Without the id of its file it cannot be told what a page belongs to.
        if (page.RequestFileId is not { Length: > 0 } id)
        {
            var single = new DocumentPages(page);
            single.Add(page);
            if (openAtOnce is null)
                _order.AddLast((default, single));
            return openAtOnce is null ? [] : [single];
        }

        var key = new Key(id, page.SourcePath, page.DuplicateOf);
        if (!_open.TryGetValue(key, out LinkedListNode<(Key Key, DocumentPages Pages)>? node))
            _open[key] = node = _order.AddLast((key, new DocumentPages(page)));
        node.Value.Pages.Add(page);
        if (openAtOnce is null)
            return [];

        LinkedListNode<(Key Key, DocumentPages Pages)>? done = node.Value.Pages.IsComplete ? node : _order.Count > openAtOnce ? _order.First : null;
        if (done is null)
            return [];

        _order.Remove(done);
        _open.Remove(done.Value.Key);
        return [done.Value.Pages];
    }

    /// <summary>No further page comes.</summary>
    public IEnumerable<DocumentPages> Rest()
    {
        foreach ((_, DocumentPages pages) in _order)
            yield return pages;
        _order.Clear();
        _open.Clear();
    }
}
