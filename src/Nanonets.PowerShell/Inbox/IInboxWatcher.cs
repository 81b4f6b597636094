using Nanonets.Http;
using Nanonets.Sending;

namespace Nanonets.Inbox;

/// <summary>Sees how a run over an inbox goes on. Called from any thread.</summary>
internal interface IInboxWatcher : ISendingLog, IRequestObserver
{
    /// <summary>The service has a document; its result is waited for.</summary>
    void Accepted();

    /// <summary>A document has ended.</summary>
    void Ended(InboxDocument document);
}
