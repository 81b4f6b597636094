using System;

namespace Nanonets.Waiting;

/// <summary>
/// While none of the documents that were asked for is finished, only a few of those that are due are asked for, again and again; as soon as
/// one is finished the others follow. So a model whose pace is not known, or has changed, costs few questions.
/// </summary>
internal sealed class SampleGate
{
    /// <summary>So many in vain, one after the other, show that the rest need not be asked for yet.</summary>
    private const int InVain = 16;

    /// <summary>A sample: at least so many, and one of so many.</summary>
    private const int LeastSample = 2;
    private const int FilesForOne = 50;

    private int _size = LeastSample;
    private int _left = LeastSample;
    private TimeSpan _closed;

    /// <summary>How long until the next sample; zero when files may be asked for now.</summary>
    /// <param name="age">The age of the file that is to be asked for next.</param>
    public TimeSpan ClosedFor(TimeSpan now, TimeSpan age)
    {
        TimeSpan left = _closed + PollSchedule.SampleInterval(age) - now;
        return _left > 0 || left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>A file is asked for.</summary>
    /// <param name="waiting">How many are waited for.</param>
    public void Pass(TimeSpan now, int waiting)
    {
        if (_left == 0)
            _left = _size = Math.Max(Math.Max(LeastSample, waiting / FilesForOne), _size / 2);
        if (--_left == 0)
            _closed = now;
    }

    /// <summary>A listing is asked for, which shows more than a sample.</summary>
    public void Close(TimeSpan now) => (_left, _closed) = (0, now);

    /// <summary>A file is finished.</summary>
    public void Open() => _left = _size = InVain;
}
