using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Journaling;

/// <summary>
/// The answered uploads that a run without a journal keeps: the newest, those next to an upload whose answer was lost, and one for each
/// quarter of a minute while there is such a one. They show later whether a listing is complete there.
/// </summary>
internal sealed class AnsweredNeighbours
{
    private const int Newest = 64;
    private const int Beside = 8;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private List<JournalEntry> _entries = [];
    private int _pruneAt = 4 * Newest;

    public IEnumerable<JournalEntry> Entries => _entries;

    /// <param name="entry">An entry that is settled.</param>
    /// <param name="open">Uploads whose answer was lost.</param>
    public void Add(JournalEntry entry, IEnumerable<JournalEntry> open)
    {
        if (entry.Answered is null)
            return;

        _entries.Add(entry);
        if (_entries.Count < _pruneAt)
            return;

        _entries = Prune([.. open]);
        _pruneAt = _entries.Count + (4 * Newest);
    }

    /// <summary>Of some answered uploads those nearest to a span of time, on both sides of it.</summary>
    public static JournalNeighbours Nearest(IEnumerable<JournalEntry> answered, DateTimeOffset from, DateTimeOffset to, int count)
    {
        JournalEntry[] all = [.. answered];
        return new JournalNeighbours(
            [.. all.Where(entry => entry.Answered!.EndedAt <= from).OrderByDescending(static entry => entry.Answered!.EndedAt).Take(count)],
            [.. all.Where(entry => entry.Answered!.StartedAt >= to).OrderBy(static entry => entry.Answered!.StartedAt).Take(count)]);
    }

    private List<JournalEntry> Prune(JournalEntry[] open)
    {
        var kept = new HashSet<long>(_entries.Skip(_entries.Count - Newest).Select(static entry => entry.EntryId));
        foreach (JournalEntry lost in open)
        {
            DateTimeOffset from = lost.Unsettled.Min(static attempt => attempt.StartedAt);
            DateTimeOffset to = lost.Unsettled.Max(static attempt => attempt.EndedAt ?? attempt.StartedAt);
            JournalNeighbours near = Nearest(_entries.Where(entry => entry.ModelId == lost.ModelId), from, to, Beside);
            kept.UnionWith(near.Before.Concat(near.After).Select(static entry => entry.EntryId));
        }

        DateTimeOffset next = DateTimeOffset.MinValue;
        foreach (JournalEntry entry in open.Length > 0 ? _entries : [])
        {
            if (entry.Answered!.StartedAt < next)
                continue;
            kept.Add(entry.EntryId);
            next = entry.Answered.StartedAt + s_interval;
        }

        return [.. _entries.Where(entry => kept.Contains(entry.EntryId))];
    }
}
