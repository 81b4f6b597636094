using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Nanonets.Documents;

namespace Nanonets.Uploads;

/// <summary>
/// What was handed to the service and not yet passed on to the consumer. When the pipeline is torn down, these are the documents
/// that may have been billed without anybody having seen their ids.
/// </summary>
internal sealed class InFlightUploads
{
    /// <summary>What is known of each; null while nothing is. Guarded by itself, and pulsed when something becomes known.</summary>
    private readonly Dictionary<Document, Outcome?> _items = [];

    public void Began(Document document)
    {
        lock (_items)
        {
            if (!_items.ContainsKey(document))
                _items.Add(document, null);
        }
    }

    /// <param name="mayBeBilled">Whether the service has it or may have it.</param>
    /// <param name="requestFileId">The id it has there, where it is known.</param>
    public void Settled(Document document, bool mayBeBilled, string? requestFileId)
    {
        lock (_items)
        {
            if (_items.TryGetValue(document, out Outcome? known) && known is null)
                _items[document] = new Outcome(mayBeBilled, requestFileId);
            Monitor.PulseAll(_items);
        }
    }

    public void PassedOn(Document document)
    {
        lock (_items)
        {
            _items.Remove(document);
            Monitor.PulseAll(_items);
        }
    }

    /// <summary>Waits until the uploads have their outcome, not until anybody took it.</summary>
    public void Settle(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        lock (_items)
        {
            while (_items.ContainsValue(null) && limit - watch.Elapsed is { Ticks: > 0 } left)
                Monitor.Wait(_items, left);
        }
    }

    /// <summary>A sentence about what was cut off; null when nothing can have been lost.</summary>
    public string? Describe()
    {
        List<string> lines;
        lock (_items)
            lines = [.. _items.Where(static entry => entry.Value?.MayBeBilled != false)
                .Select(static entry => Describe(entry.Key, entry.Value?.RequestFileId))];

        return lines.Count == 0
            ? null
            : $"The pipeline ended before the answers to {lines.Count} upload(s) were passed on. They may have been billed. "
                + "Check before you send them again: "
                + string.Join("; ", lines);
    }

    private static string Describe(Document document, string? requestFileId) =>
        requestFileId is { } id ? $"{document} (accepted as {id})" : document.ToString();

    private sealed record Outcome(bool MayBeBilled, string? RequestFileId);
}
