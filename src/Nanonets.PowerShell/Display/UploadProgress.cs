using System;
using System.Globalization;
using System.Threading;

namespace Nanonets.Display;

/// <summary>How far sending has come, in documents and bytes.</summary>
internal sealed class UploadProgress() : ProgressDisplay(4711, "Sending documents to Nanonets")
{
    private long _bytesSent;
    private long _bytesKnown;
    private int _documentsKnown;
    private int _documentsDone;

    public void AddDocument(long bytes)
    {
        _documentsKnown++;
        _bytesKnown += bytes;
    }

    public void AddBytes(long delta) => Interlocked.Add(ref _bytesSent, delta);

    public void DocumentDone() => Interlocked.Increment(ref _documentsDone);

    protected override (string Status, double? Share) Current()
    {
        long sent = Interlocked.Read(ref _bytesSent);
        int done = Volatile.Read(ref _documentsDone);
        string status = string.Format(
            CultureInfo.CurrentCulture, "{0} of {1}{2} documents, {3} sent", done, _documentsKnown, InputEnded ? "" : "+",
            FileSize.Format(sent));

        // Addresses have no size here: the service fetches them.
        double? share = InputEnded && _documentsKnown > 0
            ? Math.Min(1, _bytesKnown > 0 ? (double)sent / _bytesKnown : (double)done / _documentsKnown)
            : null;
        return (status, share);
    }

    protected override int? SecondsLeft(double? share) =>
        share is > 0 and < 1 and { } done ? (int)Math.Ceiling(Elapsed.TotalSeconds / done * (1 - done)) : null;
}
