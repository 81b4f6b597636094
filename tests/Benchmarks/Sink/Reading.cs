using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Nanonets.Benchmarks.Sink;

/// <summary>Documents that are pending for a time, and how they were asked for.</summary>
internal sealed class Reading(TimeSpan time)
{
    private const string File = "/GetPredictions/";
    private readonly object _lock = new();
    private readonly Dictionary<string, long> _accepted = [];
    private readonly Dictionary<string, TimeSpan> _late = [];
    private int _requests;

    public void Accept(string id)
    {
        lock (_lock)
            _accepted[id] = Stopwatch.GetTimestamp();
    }

    /// <summary>The answer to a question about a file, or to one for a listing; null for anything else.</summary>
    public string? Answer(string target)
    {
        int at = target.IndexOf(File, StringComparison.Ordinal);
        bool isListing = target.Contains("/ImageLevelInferences?", StringComparison.Ordinal);
        if (at < 0 && !isListing)
            return null;

        lock (_lock)
        {
            _requests++;
            IEnumerable<string> pages = isListing ? _accepted.Keys.Select(Page) : [Page(target[(at + File.Length)..])];
            return $$"""{"moderated_images":[],"unmoderated_images":[{{string.Join(',', pages)}}]}""";
        }

        string Page(string id)
        {
            // One that was not sent here was sent long ago.
            TimeSpan late = _accepted.TryGetValue(id, out long accepted) ? Stopwatch.GetElapsedTime(accepted) - time : TimeSpan.Zero;
            if (late >= TimeSpan.Zero && !isListing)
                _late.TryAdd(id, late);
            return $$"""
                {"id":"{{id}}","request_file_id":"{{id}}","page":0,"status":"{{(late >= TimeSpan.Zero ? "success" : "pending")}}"}
                """;
        }
    }

    public string Stats()
    {
        lock (_lock)
        {
            TimeSpan[] late = [.. _late.Values.Order()];
            return string.Create(CultureInfo.InvariantCulture,
                $$"""
                {"requestsPerDocument":{{(double)_requests / late.Length}},"lateSeconds":{{late[(int)(late.Length * 0.95)].TotalSeconds}}}
                """);
        }
    }
}
