using System.Globalization;
using System.Threading;

namespace Nanonets.Display;

/// <summary>How many documents of an inbox have ended, and how many are waited for.</summary>
internal sealed class InboxProgress() : ProgressDisplay(4713, "Emptying the inbox")
{
    private int _accepted;
    private int _ended;

    /// <summary>Documents of the inbox.</summary>
    public int Documents { get; set; }

    public void Accepted() => Interlocked.Increment(ref _accepted);

    /// <param name="wasAccepted">Whether its result was waited for.</param>
    public void Ended(bool wasAccepted)
    {
        if (wasAccepted)
            Interlocked.Decrement(ref _accepted);
        Interlocked.Increment(ref _ended);
    }

    protected override (string Status, double? Share) Current()
    {
        int ended = Volatile.Read(ref _ended);
        string status = string.Format(
            CultureInfo.CurrentCulture, "{0:N0} of {1:N0} documents, {2:N0} at the service", ended, Documents,
            Volatile.Read(ref _accepted));
        return (status, Documents > 0 ? (double)ended / Documents : null);
    }
}
