using System;
using System.Collections.Generic;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>
/// Pages per minute of each model. A document larger than the limit goes when nothing else counts, so that none is refused for ever.
/// </summary>
internal sealed class RateLimiter
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <returns>Null when the pages may go, else how long to wait until they may.</returns>
    public TimeSpan? Take(string model, int pages, int limit, RateWindow kind, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_windows.TryGetValue(model, out Window? window))
                _windows[model] = window = new Window(now);
            return kind switch
            {
                RateWindow.Bucket => window.Pour(pages, limit, now),
                RateWindow.Fixed => window.Count(pages, limit, now, since: Minute(now), until: Minute(now) + s_minute),
                _ => window.Count(pages, limit, now, since: now - s_minute, until: null),
            };
        }
    }

    public void Clear()
    {
        lock (_lock)
            _windows.Clear();
    }

    private static DateTimeOffset Minute(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % s_minute.Ticks), TimeSpan.Zero);

    private sealed class Window(DateTimeOffset start)
    {
        private readonly Queue<(DateTimeOffset At, int Pages)> _taken = new();
        private int _sum;
        private DateTimeOffset _full = start;

        /// <summary>
        /// Counts what was taken after <paramref name="since"/>; a fixed window ends as a whole, a sliding one document by document.
        /// </summary>
        public TimeSpan? Count(int pages, int limit, DateTimeOffset now, DateTimeOffset since, DateTimeOffset? until)
        {
            while (_taken.TryPeek(out (DateTimeOffset At, int Pages) oldest) && (until is null ? oldest.At <= since : oldest.At < since))
                _sum -= _taken.Dequeue().Pages;
            if (_sum == 0 || _sum + pages <= limit)
            {
                _taken.Enqueue((now, pages));
                _sum += pages;
                return null;
            }

            return (until ?? Leaves(pages, limit)) - now;
        }

        /// <summary>The bucket is full at a moment in the future: that is all there is to know.</summary>
        public TimeSpan? Pour(int pages, int limit, DateTimeOffset now)
        {
            TimeSpan perPage = s_minute / limit;
            DateTimeOffset full = _full < now ? now : _full;
            TimeSpan room = perPage * Math.Min(pages, limit);
            TimeSpan wait = full + room - s_minute - now;
            if (wait > TimeSpan.Zero)
                return wait;

            _full = full + (perPage * pages);
            return null;
        }

        private DateTimeOffset Leaves(int pages, int limit)
        {
            int left = _sum;
            DateTimeOffset at = default;
            foreach ((DateTimeOffset taken, int count) in _taken)
            {
                left -= count;
                at = taken + s_minute;
                if (left == 0 || left + pages <= limit)
                    break;
            }

            return at;
        }
    }
}
