using System;
using System.Collections.Generic;

namespace Nanonets.Client.Tests.Sending.Simulation;

/// <summary>
/// So many pages a minute of each model, in the last sixty seconds or by a bucket that fills evenly. More than that goes when nothing else
/// counts.
/// </summary>
internal sealed class SimulatedLimit(int pagesPerMinute, bool isBucket = false)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Queue<(TimeSpan At, int Pages)>> _taken = [];
    private readonly Dictionary<string, TimeSpan> _full = [];

    public int PagesPerMinute => pagesPerMinute;

    public bool Takes(string model, int pages, TimeSpan now) => isBucket ? Pour(model, pages, now) : Count(model, pages, now);

    private bool Count(string model, int pages, TimeSpan now)
    {
        if (!_taken.TryGetValue(model, out Queue<(TimeSpan At, int Pages)>? taken))
            _taken[model] = taken = new Queue<(TimeSpan, int)>();
        while (taken.TryPeek(out (TimeSpan At, int Pages) oldest) && oldest.At <= now - s_minute)
            taken.Dequeue();
        int sum = 0;
        foreach ((_, int count) in taken)
            sum += count;
        if (sum > 0 && sum + pages > pagesPerMinute)
            return false;
        taken.Enqueue((now, pages));
        return true;
    }

    private bool Pour(string model, int pages, TimeSpan now)
    {
        TimeSpan perPage = s_minute / pagesPerMinute;
        TimeSpan full = _full.TryGetValue(model, out TimeSpan at) && at > now ? at : now;
        if (full + (perPage * Math.Min(pages, pagesPerMinute)) - s_minute > now)
            return false;
        _full[model] = full + (perPage * pages);
        return true;
    }
}
