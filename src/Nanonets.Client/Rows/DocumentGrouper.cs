using System;
using System.Collections.Generic;

namespace Nanonets.Rows;

/// <summary>
/// Puts the pages of a document together. A document is done when all its pages are there; where their number is not known, at the end: its
/// pages may come in any order. Only where memory forbids that the one that is open longest has to leave before, and a page of it that
/// comes later is told.
/// </summary>
/// <typeparam name="T">What is kept of a page: a page result is large.</typeparam>
/// <param name="streams">Whether a document leaves as soon as it is done; else all leave at the end.</param>
/// <param name="sizeOf">Bytes that what is kept of a page takes in memory, about.</param>
/// <param name="most">Bytes that open documents may take, about.</param>
/// <param name="tooLate">Hears of the first page of a document that came after its row.</param>
internal sealed class DocumentGrouper<T>(bool streams, Func<T, long> sizeOf, long most, Action<PageResult>? tooLate)
{
    private readonly Dictionary<Key, LinkedListNode<(Key Key, DocumentPages<T> Pages)>> _open = [];
    private readonly LinkedList<(Key Key, DocumentPages<T> Pages)> _order = new();

    /// <summary>Documents that have left, by <see cref="Key.Hash"/>, which takes a fraction of the memory.</summary>
    private readonly Dictionary<ulong, LeftAs> _left = [];
    private long _kept;

    private enum LeftAs : byte
    {
        Whole,
        Cut,
        Told,
    }

    private readonly record struct Key(string RequestFileId, string? SourcePath, string? DuplicateOf)
    {
        public ulong Hash()
        {
            // FNV-1a, 64 bits: with millions of documents two of them do not meet.
            ulong hash = 14695981039346656037;
            foreach (char character in $"{RequestFileId}\0{SourcePath}\0{DuplicateOf}")
                hash = (hash ^ character) * 1099511628211;
            return hash;
        }
    }

    /// <summary>Adds a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="kept">What is kept of it.</param>
    /// <returns>The documents that are done by that.</returns>
    public IEnumerable<DocumentPages<T>> Add(PageResult page, T kept)
    {
        // Without the id of its file it cannot be told what a page belongs to.
        if (page.RequestFileId is not { Length: > 0 } id)
        {
            var single = new DocumentPages<T>(page);
            single.Add(page, kept, 0);
            if (!streams)
                _order.AddLast((default, single));
            return streams ? [single] : [];
        }

        var key = new Key(id, page.SourcePath, page.DuplicateOf);
        if (!_open.TryGetValue(key, out LinkedListNode<(Key Key, DocumentPages<T> Pages)>? node))
        {
            if (HasLeft(key, page))
                return [];
            _open[key] = node = _order.AddLast((key, new DocumentPages<T>(page)));
        }

        long size = sizeOf(kept);
        node.Value.Pages.Add(page, kept, size);
        _kept += size;
        if (!streams)
            return [];
        if (node.Value.Pages.IsComplete)
            return [Leave(node, LeftAs.Whole)];

        var cut = new List<DocumentPages<T>>();
        while (_kept > most && _order.Count > 1)
            cut.Add(Leave(_order.First!, LeftAs.Cut));
        return cut;
    }

    /// <summary>No further page comes.</summary>
    public IEnumerable<DocumentPages<T>> Rest()
    {
        foreach ((_, DocumentPages<T> pages) in _order)
            yield return pages;
        _order.Clear();
        _open.Clear();
    }

    private DocumentPages<T> Leave(LinkedListNode<(Key Key, DocumentPages<T> Pages)> node, LeftAs how)
    {
        _order.Remove(node);
        _open.Remove(node.Value.Key);
        _left[node.Value.Key.Hash()] = how;
        _kept -= node.Value.Pages.Size;
        return node.Value.Pages;
    }

    /// <summary>
    /// Whether the document has its row already. A page that comes a second time counts once; one that is missing in the row is told, once
    /// for the document.
    /// </summary>
    private bool HasLeft(Key key, PageResult page)
    {
        ulong hash = key.Hash();
        if (!_left.TryGetValue(hash, out LeftAs how))
            return false;

        if (how == LeftAs.Cut || (how == LeftAs.Whole && !(page.Page < page.PageCount)))
        {
            _left[hash] = LeftAs.Told;
            tooLate?.Invoke(page);
        }

        return true;
    }
}
