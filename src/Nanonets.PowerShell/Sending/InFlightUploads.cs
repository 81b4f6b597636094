using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Nanonets.Sending;

/// <summary>
/// What was handed to the service and not yet passed on to the consumer. When the pipeline is torn down, these are the documents
/// that may have been billed without anybody having seen their ids.
/// </summary>
internal sealed class InFlightUploads
{
    private readonly Dictionary<UploadItem, UploadOutcome?> _items = [];
    private readonly HashSet<Task> _uploads = [];

    public void Begin(IEnumerable<UploadItem> items, Task upload)
    {
        lock (_items)
        {
            foreach (UploadItem item in items)
                _items.Add(item, null);
            _uploads.Add(upload);
        }
    }

    public void Settled(UploadItem item, UploadOutcome outcome)
    {
        lock (_items)
            _items[item] = outcome;
    }

    public void PassedOn(UploadItem item)
    {
        lock (_items)
            _items.Remove(item);
    }

    public void End(Task upload)
    {
        lock (_items)
            _uploads.Remove(upload);
    }

    /// <summary>Waits until the uploads have their outcome, not until anybody took it.</summary>
    public void Settle(TimeSpan limit)
    {
        Task[] uploads;
        lock (_items)
            uploads = [.. _uploads];
        Task.WaitAny([Task.WhenAll(uploads)], limit);
    }

    /// <summary>A sentence about what was cut off; null when nothing can have been lost.</summary>
    public string? Describe()
    {
        List<string> lines;
        lock (_items)
        {
            lines = [.. _items.Where(static entry => MayBeBilled(entry.Value)).Select(static entry => Describe(entry.Key, entry.Value))];
        }

        return lines.Count == 0
            ? null
            : $"The pipeline ended before the answers to {lines.Count} upload(s) were passed on. They may have been billed; look before sending again: "
                + string.Join("; ", lines);
    }

    private static bool MayBeBilled(UploadOutcome? outcome) => outcome?.Class is null or UploadClass.Accepted or UploadClass.Ambiguous;

    private static string Describe(UploadItem item, UploadOutcome? outcome)
    {
        string? id = outcome?.Pages.FirstOrDefault()?.RequestFileId;
        return id is null ? item.Source.ToString() : $"{item.Source} (accepted as {id})";
    }
}
