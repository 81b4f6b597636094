using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Waiting;

/// <summary>
/// The files of a model in the order in which they are to be asked for. Every step takes a time that hardly grows with their number, so
/// waiting for ten times as many is ten times the work.
/// </summary>
internal sealed class PollQueue
{
    private readonly SortedSet<WaitedFile> _later = new(
        Comparer<WaitedFile>.Create(static (one, other) => Compare(one.Due.CompareTo(other.Due), one, other)));
    private readonly SortedSet<WaitedFile> _ready = new(
        Comparer<WaitedFile>.Create(static (one, other) => Compare(one.Asked.CompareTo(other.Asked), one, other)));
    private readonly SortedSet<WaitedFile> _urgent = new(Comparer<WaitedFile>.Create(static (one, other) => Compare(0, one, other)));

    /// <summary>Files moved from one state to the next, and looked at, so far.</summary>
    public long Steps { get; private set; }

    /// <summary>When the next file is due; null when none is waited for in time.</summary>
    public TimeSpan? NextDue => _later.Count > 0 ? _later.Min!.Due : null;

    /// <summary>How many are due and may wait for what others show.</summary>
    public int ReadyCount => _ready.Count;

    /// <summary>The next of these; null when there is none.</summary>
    public WaitedFile? NextReady => _ready.Min;

    /// <summary>How many are asked for whatever others show.</summary>
    public int UrgentCount => _urgent.Count;

    /// <summary>A file is to be looked at when it is due.</summary>
    public void Schedule(WaitedFile file)
    {
        Steps++;
        if (file.Due > file.Deadline)
            file.Due = file.Deadline;
        _later.Add(file);
    }

    /// <summary>A file is asked for as soon as that is possible.</summary>
    public void Hurry(WaitedFile file)
    {
        Steps++;
        _urgent.Add(file);
    }

    /// <summary>A file is not waited for any more. One that is asked for just now is in no queue.</summary>
    public void Remove(WaitedFile file)
    {
        Steps++;
        _later.Remove(file);
        _ready.Remove(file);
        _urgent.Remove(file);
    }

    /// <summary>Finds out which files are due.</summary>
    /// <param name="isPutOff">Whether a file that was due is not, by what was learned since; then its time has changed.</param>
    public void MoveTo(TimeSpan now, Func<WaitedFile, bool> isPutOff)
    {
        while (_later.Count > 0 && _later.Min is { } file && file.Due <= now)
        {
            Steps++;
            _later.Remove(file);

            // Of one whose age is not known others tell nothing, and nobody waits longer than his time.
            if (!file.HasAge || file.Due >= file.Deadline)
            {
                _ready.Remove(file);
                _urgent.Add(file);
                continue;
            }

            if (isPutOff(file))
            {
                Schedule(file);
                continue;
            }

            _ready.Add(file);
            file.Due = file.Deadline;
            if (file.Deadline < TimeSpan.MaxValue)
                _later.Add(file);
        }
    }

    /// <summary>Takes the next urgent file.</summary>
    public WaitedFile TakeUrgent()
    {
        Steps++;
        WaitedFile file = _urgent.Min!;
        _urgent.Remove(file);
        return file;
    }

    /// <summary>The file to ask for next of those that are ready: asked for least often, then the oldest.</summary>
    public WaitedFile TakeReady()
    {
        Steps++;
        WaitedFile file = _ready.Min!;
        _ready.Remove(file);
        _later.Remove(file);
        return file;
    }

    /// <summary>Takes all that are ready.</summary>
    public List<WaitedFile> TakeAllReady()
    {
        var files = new List<WaitedFile>(_ready.Count);
        while (_ready.Count > 0)
            files.Add(TakeReady());
        return files;
    }

    /// <summary>Takes all files of known age that are as old as this, due or not.</summary>
    public List<WaitedFile> TakeAged(TimeSpan now, TimeSpan age)
    {
        List<WaitedFile> files = TakeAllReady();
        files.AddRange(_later.Where(file => file.HasAge && file.AgeAt(now) >= age));
        files.ForEach(Remove);
        return files;
    }

    private static int Compare(int order, WaitedFile one, WaitedFile other) => order != 0 ? order : one.Number.CompareTo(other.Number);
}
