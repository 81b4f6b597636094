using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Inbox;

/// <summary>
/// The sender of a pass, with its journal. Both are made when the first document is to be sent: a pass over an empty inbox opens nothing.
/// </summary>
internal sealed class InboxSending(
    InboxOptions options, NanonetsClient client, Func<IUploadJournal> open, IInboxWatcher watcher, ISendingSink sink,
    CancellationToken stop) : ISendingSlots, IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.ThrottleLimit);
    private readonly List<Task> _underWay = [];
    private IUploadJournal? _journal;
    private IJournalRun? _run;
    private Sender? _sender;
    private NanonetsException? _unusable;
    private int _pagesBegun;

    /// <summary>Why nothing more is sent; null while it is.</summary>
    public NanonetsException? StopReason => _unusable ?? _sender?.StopReason;

    /// <summary>Documents that the service has accepted from this run.</summary>
    public int Charges => _sender is { } sender ? sender.Tally[SendingEnd.Accepted] + sender.Tally[SendingEnd.Found] : 0;

    /// <summary>Their pages.</summary>
    public int Pages => _sender?.Tally.Pages ?? 0;

    /// <summary>The journal, opened when it was not.</summary>
    /// <exception cref="NanonetsException">It cannot be used.</exception>
    public IUploadJournal Journal => _journal ??= open();

    /// <summary>Sends a document as soon as a slot is free.</summary>
    public async Task StartAsync(InboxItem item, Document document)
    {
        if (await SenderAsync().ConfigureAwait(false) is not { } sender)
        {
            item.Leave(Verdict.Of(InboxState.Unsent, _unusable!));
            return;
        }

        var request = new SendRequest(options.ModelId, document) { Metadata = item.Metadata, MetadataIsObject = item.MetadataIsObject };
        await _slots.WaitAsync(stop).ConfigureAwait(false);
        if (options.PageBudget is { } budget)
            await AwaitTurnAsync(document.Pages, budget, sender).ConfigureAwait(false);
        SlotHold hold = sender.HandOver(this, sink);
        _underWay.Add(Task.Run(() => sender.SendAsync(request, hold)));
    }

    /// <summary>No further document comes. Completes when each has ended.</summary>
    public Task EndAsync()
    {
        _sender?.InputEnded();
        return Task.WhenAll(_underWay);
    }

    /// <summary>Begins nothing more; what is under way settles.</summary>
    public void Close() => _sender?.Close();

    public Task TakeAsync(CancellationToken cancellationToken) => _slots.WaitAsync(cancellationToken);

    public void Release() => _slots.Release();

    /// <summary>Lets go of the claims: what is unsettled is the next run's.</summary>
    public void Dispose()
    {
        _sender?.Close();
        _run?.Dispose();
        _journal?.Dispose();
    }

    /// <summary>
    /// What came first has the budget first: a document that may not fit beside those under way begins when they have ended. Else smaller
    /// ones could overtake it in each run.
    /// </summary>
    private async Task AwaitTurnAsync(int pages, int budget, Sender sender)
    {
        if (_pagesBegun + pages > budget)
        {
            for (int others = 1; others < options.ThrottleLimit; others++)
                await _slots.WaitAsync(stop).ConfigureAwait(false);
            _pagesBegun = sender.PagesUsed;
            if (options.ThrottleLimit > 1)
                _slots.Release(options.ThrottleLimit - 1);
        }

        _pagesBegun += pages;
    }

    private async Task<Sender?> SenderAsync()
    {
        if (_sender is not null || _unusable is not null)
            return _sender;

        try
        {
            _run = await Journal.StartRunAsync(stop).ConfigureAwait(false);
        }
        catch (NanonetsException unusable)
        {
            _unusable = unusable;
            return null;
        }

        return _sender = new Sender(new SendingContext
        {
            Client = client,
            JournalLocation = Journal.Location,
            IsDurable = true,
            Run = _run,
            Options = new SendingOptions
            {
                ResendAfter = options.ResendAfter,
                PageBudget = options.PageBudget,
                PagesPerMinute = options.PagesPerMinute,
                OutagePatience = options.OutageTimeout,
            },
            Log = watcher,
            Objection = new LabelCheck(options).ObjectionTo,
            Observer = watcher,
            Stop = stop,
        });
    }
}
