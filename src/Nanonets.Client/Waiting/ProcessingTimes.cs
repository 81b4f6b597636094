using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Waiting;

/// <summary>
/// How long a model took for the last documents, by their number of pages: when it is worth asking for the next one. What is seen of a document is a span, from the last time it was
/// pending to the time it was finished.
/// </summary>
internal sealed class ProcessingTimes
{
    /// <summary>So many of the last documents count: the service may become faster or slower.</summary>
    private const int Most = 32;

    /// <summary>Which of them, in order, says when to ask first: soon enough for those that are done early. The others are asked for again shortly, which shows how long they take.</summary>
    private const double Share = 0.25;

    /// <summary>A document that was finished at the first question may have been so for long: each one lets the next be asked for a little sooner.</summary>
    private const double Sooner = 0.97;

    /// <summary>What was finished far too early counts as several.</summary>
    private const int WeightOfEarly = 8;

    private readonly object _lock = new();
    private readonly SortedDictionary<int, Queue<TimeSpan>> _times = [];

    /// <summary>When a document is likely to be finished, from when it was accepted; null while nothing is known of the model.</summary>
    /// <param name="pages">Its pages; null when they are not known.</param>
    public TimeSpan? Expect(int? pages)
    {
        lock (_lock)
        {
            if (_times.Count == 0)
                return null;

            int size = SizeOf(pages);
            Queue<TimeSpan> nearest = _times.OrderBy(entry => Math.Abs(entry.Key - size)).First().Value;
            return nearest.OrderBy(static time => time).ElementAt((int)((nearest.Count - 1) * Share));
        }
    }

    /// <summary>A document is finished.</summary>
    /// <param name="pages">Its pages; null when they are not known.</param>
    /// <param name="pending">How old it was when it was last seen pending; null when it never was.</param>
    /// <param name="finished">How old it was when it was seen finished.</param>
    public void Note(int? pages, TimeSpan? pending, TimeSpan finished)
    {
        TimeSpan time = pending is { } last
            ? TimeSpan.FromTicks((last.Ticks + finished.Ticks) / 2)
            : TimeSpan.FromTicks((long)(finished.Ticks * Sooner));
        Add(pages, time, 1);
    }

    /// <summary>A document took longer than this.</summary>
    public void NoteLonger(int? pages, TimeSpan pending) => Add(pages, pending, 1);

    /// <summary>A document was asked for long before it was expected, and was finished: the service has become faster.</summary>
    public void NoteEarly(int? pages, TimeSpan finished) => Add(pages, TimeSpan.FromTicks((long)(finished.Ticks * Sooner)), WeightOfEarly);

    private void Add(int? pages, TimeSpan time, int weight)
    {
        lock (_lock)
        {
            int size = SizeOf(pages);
            if (!_times.TryGetValue(size, out Queue<TimeSpan>? times))
                _times.Add(size, times = new Queue<TimeSpan>());
            for (int i = 0; i < weight; i++)
                times.Enqueue(time);
            while (times.Count > Most)
                times.Dequeue();
        }
    }

    /// <summary>Documents are alike when they have about as many pages: 1, 2 to 3, 4 to 7, and so on.</summary>
    private static int SizeOf(int? pages)
    {
        int size = 0;
        for (int left = pages ?? 1; left > 1; left >>= 1)
            size++;
        return size;
    }
}
