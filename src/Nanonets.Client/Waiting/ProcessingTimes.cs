using System;
using System.Collections.Generic;

namespace Nanonets.Waiting;

/// <summary>
/// How long a model took for the last documents, by their number of pages: when it is worth asking for the next one. What is seen of a
/// document is a span, from the last time it was pending to the time it was finished.
/// </summary>
internal sealed class ProcessingTimes
{
    /// <summary>So many of the last documents count: the service may become faster or slower.</summary>
    private const int Most = 32;

    /// <summary>Which of them, in order, say when the first are finished and when most are.</summary>
    private const double EarlyShare = 0.05;
    private const double LateShare = 0.9;

    /// <summary>
    /// A document that was finished at the first question may have been so for long: each one lets the next be asked for a little sooner.
    /// </summary>
    private const double Sooner = 0.97;

    /// <summary>What was finished far too early counts as several.</summary>
    private const int WeightOfEarly = 8;

    /// <summary>What was seen of a document tells how long it took when the span is no longer than this, or this share of it.</summary>
    private static readonly TimeSpan s_exact = TimeSpan.FromSeconds(5);
    private const double ExactShare = 0.15;

    private const double MuchShare = 0.1;

    /// <summary>So many show what is to be expected.</summary>
    private const int Enough = 24;

    /// <summary>So many that are pending after their time show that the service has become slower.</summary>
    private const int ManyBelated = 8;

    /// <summary>Steps of this part of one spread evenly, however many there are.</summary>
    private const double GoldenPart = 0.618;

    private readonly object _lock = new();
    private double _turn = 0.5;
    private readonly SortedDictionary<int, Kind> _kinds = [];

    /// <summary>How often an expectation has changed by much.</summary>
    public int Changes { get; private set; }

    /// <summary>When a document is likely to be finished, from when it was accepted; null while nothing is known of the model.</summary>
    /// <param name="pages">Its pages; null when they are not known.</param>
    public Expectation? Expect(int? pages)
    {
        lock (_lock)
        {
            int size = SizeOf(pages);
            (int Distance, Kind Kind)? nearest = null;
            foreach (KeyValuePair<int, Kind> kind in _kinds)
            {
                int distance = Math.Abs(kind.Key - size);
                if (kind.Value.Expected is not null && (nearest is null || distance < nearest.Value.Distance))
                    nearest = (distance, kind.Value);
            }

            return nearest?.Kind.Expected;
        }
    }

    /// <summary>
    /// An age at which documents were pending although nothing is known of the model, or although most were expected to be finished: what
    /// is younger need not be asked for. Null when what is expected holds.
    /// </summary>
    /// <param name="pages">Their pages; null when they are not known.</param>
    public TimeSpan? UnfinishedAt(int? pages)
    {
        lock (_lock)
        {
            if (!_kinds.TryGetValue(SizeOf(pages), out Kind? kind) || kind.Pending is not { } age)
                return null;
            return Expect(pages) is null || kind.Belated >= ManyBelated ? age : null;
        }
    }

    /// <summary>A document was seen pending.</summary>
    /// <param name="pages">Its pages; null when they are not known.</param>
    /// <param name="age">How old it was.</param>
    /// <param name="isListed">Whether a listing of many said so.</param>
    public void NotePending(int? pages, TimeSpan age, bool isListed)
    {
        lock (_lock)
        {
            Kind kind = KindOf(pages);
            if (!(kind.Pending > age))
                kind.Pending = age;
            if (!isListed && age >= Expect(pages)?.Late)
                kind.Belated++;
        }
    }

    /// <summary>A document was seen finished.</summary>
    /// <param name="pages">Its pages; null when they are not known.</param>
    /// <param name="pending">How old it was when it was last seen pending; null when it never was.</param>
    /// <param name="finished">How old it was when it was seen finished.</param>
    /// <param name="share">The part of the expected time after which it was asked for first.</param>
    public void NoteFinished(int? pages, TimeSpan? pending, TimeSpan finished, double share)
    {
        lock (_lock)
        {
            Kind kind = KindOf(pages);
            kind.Belated = 0;

            if (kind.Pending >= finished)
                kind.Pending = null;

            // Of documents that were sent together the first to be finished takes what others have shown.
            Expectation? expected = Expect(pages);
            TimeSpan? since = expected is { } known ? Longer(pending ?? TimeSpan.Zero, Part(known.Early, Sooner)) : kind.Pending > pending
                || pending is null ? kind.Pending : pending;
            bool isBelated = expected is not { } other || pending is not null || finished <= Part(other.Late, share) + s_exact;
            if (share < 1 && pending is null && expected is not null && isBelated)
                Add(kind, Part(finished, Sooner), WeightOfEarly);
            else if (since is { } start && isBelated)
                Add(kind, Between(Shorter(start, finished), finished), 1);
        }
    }

    /// <summary>Somewhere in a span: it is not known where, so all parts of it get their turn.</summary>
    private TimeSpan Between(TimeSpan start, TimeSpan end)
    {
        _turn = (_turn + GoldenPart) % 1;
        return start + Part(end - start, _turn);
    }

    private Kind KindOf(int? pages)
    {
        int size = SizeOf(pages);
        if (!_kinds.TryGetValue(size, out Kind? kind))
            _kinds.Add(size, kind = new Kind());
        return kind;
    }

    private void Add(Kind kind, TimeSpan time, int weight)
    {
        TimeSpan? before = kind.Expected?.Early;
        kind.Add(time, weight);
        if (before is not { } early || Math.Abs((kind.Expected!.Value.Early - early).TotalSeconds) > early.TotalSeconds * MuchShare)
            Changes++;
    }

    private static TimeSpan Part(TimeSpan time, double share) => TimeSpan.FromTicks((long)(time.Ticks * share));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Documents are alike when they have about as many pages: 1, 2 to 3, 4 to 7, and so on.</summary>
    private static int SizeOf(int? pages)
    {
        int size = 0;
        for (int left = pages ?? 1; left > 1; left >>= 1)
            size++;
        return size;
    }

    /// <summary>Documents that are alike.</summary>
    private sealed class Kind
    {
        private readonly Queue<TimeSpan> _times = new();

        /// <summary>The greatest age at which one was pending, unless another was finished at a lesser age since.</summary>
        public TimeSpan? Pending { get; set; }

        /// <summary>How often one was pending when most should have been finished, since one was finished.</summary>
        public int Belated { get; set; }

        public Expectation? Expected { get; private set; }

        public void Add(TimeSpan time, int weight)
        {
            for (int i = 0; i < weight; i++)
                _times.Enqueue(time);
            while (_times.Count > Most)
                _times.Dequeue();
            TimeSpan[] sorted = [.. _times];
            Array.Sort(sorted);
            TimeSpan early = sorted[(int)((sorted.Length - 1) * EarlyShare)];
            TimeSpan late = sorted[(int)((sorted.Length - 1) * LateShare)];

            // The earliest of a few is not the earliest of many.
            Expected = new Expectation(early - TimeSpan.FromTicks((late - early).Ticks / sorted.Length), late, sorted.Length >= Enough);
        }
    }
}
