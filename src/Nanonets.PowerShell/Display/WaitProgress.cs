using System.Globalization;
using System.Threading;

namespace Nanonets.Display;

/// <summary>How many documents are finished.</summary>
internal sealed class WaitProgress() : ProgressDisplay(4712, "Waiting for results from Nanonets")
{
    private int _known;
    private int _done;

    public void Add() => _known++;

    public void Done() => Interlocked.Increment(ref _done);

    protected override (string Status, double? Share) Current()
    {
        int done = Volatile.Read(ref _done);
        string status = string.Format(
            CultureInfo.CurrentCulture, "{0} of {1}{2} documents finished", done, _known, InputEnded ? "" : "+");
        return (status, InputEnded && _known > 0 ? (double)done / _known : null);
    }
}
