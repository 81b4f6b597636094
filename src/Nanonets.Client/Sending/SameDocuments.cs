using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Time;

namespace Nanonets.Sending;

/// <summary>
/// The documents under way by what they are, so that the same content is not sent twice at once. Once one has ended, the journal knows it.
/// </summary>
internal sealed class SameDocuments(Clock clock)
{
    private readonly object _lock = new();
    private readonly Dictionary<DocumentKey, First> _underWay = [];
    private readonly Dictionary<Document, DocumentKey> _keys = [];

    /// <summary>Enters a document.</summary>
    /// <returns>The same document that is under way already, to be waited for; null when this is the first.</returns>
    public First? Enter(DocumentKey key, Document document)
    {
        lock (_lock)
        {
            if (_underWay.TryGetValue(key, out First? first))
                return first;

            _underWay.Add(key, new First(document, clock));
            _keys.Add(document, key);
            return null;
        }
    }

    /// <summary>A document has ended; whoever waits for it is told how.</summary>
    public void Leave(Document document, SendingOutcome outcome)
    {
        First first;
        lock (_lock)
        {
            if (!_keys.TryGetValue(document, out DocumentKey? key))
                return;

            first = _underWay[key];
            _underWay.Remove(key);
            _keys.Remove(document);
        }

        first.End(outcome);
    }

    /// <summary>A document that others may wait for.</summary>
    internal sealed class First(Document document, Clock clock)
    {
        private readonly WaitQueue _waiting = new(clock);
        private SendingOutcome? _outcome;

        public Document Document { get; } = document;

        /// <summary>Waits until it has ended.</summary>
        public async Task<SendingOutcome> OutcomeAsync(CancellationToken cancellationToken)
        {
            Task? turn = null;
            lock (_waiting)
            {
                if (_outcome is null)
                    turn = _waiting.WaitAsync(cancellationToken);
            }

            if (turn is not null)
                await turn.ConfigureAwait(false);
            return _outcome!;
        }

        public void End(SendingOutcome outcome)
        {
            lock (_waiting)
                _outcome = outcome;
            _waiting.WakeAll();
        }
    }
}
