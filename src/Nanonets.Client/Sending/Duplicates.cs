using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>The documents under way by what they are, so that the same content is not sent twice at once. Once one has ended, the journal knows it.</summary>
internal sealed class Duplicates
{
    private readonly object _lock = new();
    private readonly Dictionary<DocumentKey, First> _underWay = [];
    private readonly Dictionary<SendingDocument, DocumentKey> _keys = [];

    /// <summary>Enters a document.</summary>
    /// <returns>The same document that is under way already, to be waited for; null when this is the first.</returns>
    public First? Enter(DocumentKey key, SendingDocument document)
    {
        lock (_lock)
        {
            if (_underWay.TryGetValue(key, out First? first))
                return first;

            _underWay.Add(key, new First(document));
            _keys.Add(document, key);
            return null;
        }
    }

    /// <summary>A document has ended; whoever waits for it is told how.</summary>
    public void Leave(SendingDocument document, SendingOutcome outcome)
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

        first.Outcome.Say(Task.FromResult(outcome));
    }

    /// <summary>The outcome of a document that is the same as another: its pages under this one's own path.</summary>
    public static SendingOutcome Of(SendingOutcome first, SendingDocument original, SendingDocument duplicate) => new(SendingEnd.Duplicate)
    {
        Pages = KnownPages.Of(first.RequestFileId, first.Pages[0].ModelId, first.Pages[0].PageCount, duplicate.Source, original.Source.SourcePath, fromJournal: false),
    };

    /// <summary>A document that others may wait for.</summary>
    internal sealed class First(SendingDocument document)
    {
        public SendingDocument Document { get; } = document;

        public Announcement<SendingOutcome> Outcome { get; } = new();
    }
}
