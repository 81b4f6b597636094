using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Http;

namespace Nanonets.Inbox;

/// <summary>Shows how a run goes on: as progress, and a verbose line for each document and each request.</summary>
/// <param name="report">Gets what was filed; null when no report is wanted.</param>
internal sealed class InboxWatcher(PipelineWriter writer, RequestStreams requests, InboxProgress progress, PassReport? report)
    : IInboxWatcher
{
    public void Accepted() => progress.Accepted();

    public void Ended(InboxDocument document)
    {
        progress.Ended(document.RequestFileId is not null);
        string reason = document.Reason is null ? string.Empty : $". {document.Reason}";
        writer.Verbose($"{document}{reason}");
        report?.Add(document);
    }

    public void Verbose(string text) => writer.Verbose(text);

    public void Warn(string text) => writer.Warn(text);

    public void RequestCompleted(RequestTrace trace) => requests.RequestCompleted(trace);

    public void BodyBytesSent(long delta) => requests.BodyBytesSent(delta);
}
