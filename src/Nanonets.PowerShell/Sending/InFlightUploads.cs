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
    private readonly Dictionary<UploadItem, Flight> _items = [];

    public void Began(UploadItem item)
    {
        lock (_items)
        {
            if (!_items.ContainsKey(item))
                _items.Add(item, new Flight());
        }
    }

    /// <param name="mayBeBilled">Whether the service has it or may have it.</param>
    /// <param name="requestFileId">The id it has there, where it is known.</param>
    public void Settled(UploadItem item, bool mayBeBilled, string? requestFileId)
    {
        Flight? flight;
        lock (_items)
            _items.TryGetValue(item, out flight);
        flight?.Outcome.TrySetResult((mayBeBilled, requestFileId));
    }

    public void PassedOn(UploadItem item)
    {
        lock (_items)
            _items.Remove(item);
    }

    /// <summary>Waits until the uploads have their outcome, not until anybody took it.</summary>
    public void Settle(TimeSpan limit)
    {
        Task[] outcomes;
        lock (_items)
            outcomes = [.. _items.Values.Select(static flight => flight.Outcome.Task)];
        Task.WaitAny([Task.WhenAll(outcomes)], limit);
    }

    /// <summary>A sentence about what was cut off; null when nothing can have been lost.</summary>
    public string? Describe()
    {
        List<string> lines;
        lock (_items)
            lines = [.. _items.Select(static entry => (entry.Key, entry.Value.Known)).Where(static entry => entry.Known?.MayBeBilled != false).Select(static entry => Describe(entry.Key, entry.Known?.RequestFileId))];

        return lines.Count == 0
            ? null
            : $"The pipeline ended before the answers to {lines.Count} upload(s) were passed on. They may have been billed; look before sending again: "
                + string.Join("; ", lines);
    }

    private static string Describe(UploadItem item, string? requestFileId) =>
        requestFileId is { } id ? $"{item.Source} (accepted as {id})" : item.Source.ToString();

    private sealed class Flight
    {
        public TaskCompletionSource<(bool MayBeBilled, string? RequestFileId)> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public (bool MayBeBilled, string? RequestFileId)? Known => Outcome.Task.Status == TaskStatus.RanToCompletion ? Outcome.Task.Result : null;
    }
}
