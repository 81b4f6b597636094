using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Binding;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Results;
using Nanonets.Sending;

namespace Nanonets.Inbox;

/// <summary>
/// One pass over an inbox: each document is sent, waited for and filed, several at once. What concerns a document ends there; what concerns
/// all of them ends the pass, and what is under way is filed all the same.
/// </summary>
internal sealed class InboxPass : ISendingSink, IDisposable
{
    private readonly InboxOptions _options;
    private readonly NanonetsClient _client;
    private readonly IInboxWatcher _watcher;
    private readonly InboxFiling _filing;
    private readonly InboxSending _sending;
    private readonly InboxWaiting _waiting;
    private readonly ConcurrentBag<Task> _following = [];
    private readonly CancellationToken _stop;
    private readonly DateTimeOffset _startedAt;
    private readonly TimeSpan _began;
    private Dictionary<string, InboxItem> _items = [];

    /// <param name="options">What to do.</param>
    /// <param name="client">Asks the service.</param>
    /// <param name="open">Opens the journal, when something is to be sent.</param>
    /// <param name="watcher">Sees how it goes on.</param>
    /// <param name="stop">The caller cancelled.</param>
    public InboxPass(
        InboxOptions options, NanonetsClient client, Func<IUploadJournal> open, IInboxWatcher watcher, CancellationToken stop)
    {
        (_options, _client, _watcher, _stop) = (options, client, watcher, stop);
        (_startedAt, _began) = (client.Clock.UtcNow, client.Clock.Elapsed);
        _sending = new InboxSending(options, client, open, watcher, this, stop);
        _filing = new InboxFiling(options, client, _sending, watcher, _startedAt, stop);
        _waiting = new InboxWaiting(options, client, watcher, stop);
    }

    /// <summary>Finishes what earlier runs left unfinished, before the inbox is read.</summary>
    public Task RecoverAsync() => _filing.RecoverAsync();

    /// <summary>Works on documents until each has ended.</summary>
    public async Task<InboxRun> RunAsync(IReadOnlyList<InboxItem> items)
    {
        _items = items.ToDictionary(static item => item.FullPath, InboxPath.Comparer);
        Task[] told = [.. items.Select(item => item.Ended.ContinueWith(ended => _watcher.Ended(ended.Result), TaskScheduler.Default))];
        foreach (InboxItem item in items.Where(static item => item.Document is null))
            await BeginAsync(item).ConfigureAwait(false);

        await _sending.EndAsync().ConfigureAwait(false);
        await Task.WhenAll(_following).ConfigureAwait(false);
        await Task.WhenAll(told).ConfigureAwait(false);
        string? rowsPath = _filing.Publish();
        return Told(items, rowsPath, _filing.HasRowsLeft, Stopped);
    }

    /// <summary>What can be told of a run that was stopped before it had ended.</summary>
    public InboxRun CutOff(IReadOnlyList<InboxItem> items)
    {
        int open = items.Count(static item => item.Document is null);
        return Told(items, null, _filing.Rows > 0, Verdict.Of(
            InboxState.Unsent, nameof(NanonetsErrorId.OperationCanceled),
            $"The run was stopped before it had ended: {open} of {items.Count} documents were open. A later run goes on."));
    }

    /// <summary>Lets go of the journal, and of what is in the making: a later run finishes it.</summary>
    public void Dispose()
    {
        _waiting.Dispose();
        _sending.Dispose();
        _filing.Dispose();
    }

    /// <summary>A document is about to be handed to the service. The journal knows it.</summary>
    void ISendingSink.Began(Document document)
    {
    }

    /// <summary>What follows takes its time, and the slot is another's meanwhile.</summary>
    Task ISendingSink.SettledAsync(Document document, SendingOutcome outcome)
    {
        var item = (InboxItem)document.Target;
        document.Source.Forget();
        _following.Add(Task.Run(() => FollowAsync(item, document, outcome)));
        return Task.CompletedTask;
    }

    /// <summary>
    /// What ended the pass for all documents: a failure of the core, or of the destination. A budget that is used up is none.
    /// </summary>
    public Exception? Failure =>
        (Exception?)_filing.Failure ?? _waiting.Failure
        ?? (_sending.StopReason is { ErrorId: not NanonetsErrorId.PageBudgetReached } why ? why : null);

    private Verdict? Stopped => Failure is { } failure ? Verdict.Of(InboxState.Unsent, failure) : null;

    private async Task BeginAsync(InboxItem item)
    {
        _stop.ThrowIfCancellationRequested();
        if (Stopped is { } stopped)
        {
            item.Leave(stopped);
            return;
        }

        Document document = item.ToDocument();
        if (Unfit(document) is { } unfit)
            await EndAsync(item, Routing.OfContent(unfit, item.IsOld)).ConfigureAwait(false);
        else
            await _sending.StartAsync(item, document).ConfigureAwait(false);
    }

    /// <summary>Looks at a document before anything is sent, and counts its pages where that matters.</summary>
    private NanonetsException? Unfit(Document document)
    {
        if (DocumentContent.Examine(document, skipTypeCheck: false) is { } unfit)
            return unfit;

        try
        {
            if (_options.PageBudget is not null || _options.PagesPerMinute is not null)
                document.Pages = PageEstimate.Of(document.Source);
            return null;
        }
        catch (NanonetsException unreadable)
        {
            return unreadable;
        }
    }

    private async Task FollowAsync(InboxItem item, Document document, SendingOutcome outcome)
    {
        if (!outcome.HasPages)
        {
            await EndAsync(item, Routing.OfSending(document, outcome, _sending.StopReason, _options.PageBudget)).ConfigureAwait(false);
            return;
        }

        _watcher.Accepted();
        var file = new ResultFile { ModelId = _options.ModelId, RequestFileId = outcome.RequestFileId! };
        foreach (PageResult page in outcome.Pages)
            file.Add(page);
        (PageResult[] pages, Verdict? without) = await _waiting.WaitAsync(file, outcome.Pages[0].FromJournal).ConfigureAwait(false);
        if (without is { State: not InboxState.Failed })
        {
            item.Leave(without, file.RequestFileId, file.PageCount);
            return;
        }

        LowestScore? score = LowestScore.Of(pages, _options.Kind, _options.Labels);
        await _filing.FileAsync(item, new FiledResult(
            without ?? Routing.OfPages(
                pages, LowestScore.HasAny(pages, _options.Kind, _options.Labels), score, _options.MinimumScore),
            item.Input, file.RequestFileId, file.ModelId)
        {
            Pages = pages,
            Score = score,
            DuplicateOf = await FirstOfAsync(item, outcome.Pages[0].DuplicateOf).ConfigureAwait(false),
            FiledAt = _client.Clock.UtcNow,
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Where the document lies that was sent in the place of this one: the journal knows where it was filed. One that is in the inbox still
    /// comes first. One that was never filed and is there no more counts for nothing, and so does one that was taken out of review: this is
    /// it.
    /// </summary>
    private async Task<string?> FirstOfAsync(InboxItem item, string? sentFrom)
    {
        if (sentFrom is null || (InboxPath.IsWithin(sentFrom, _options.Below("review")) && !File.Exists(sentFrom)))
            return null;
        if (!InboxPath.IsWithin(sentFrom, _options.Inbox) || InboxPath.IsWithin(sentFrom, _options.Destination))
            return InboxPath.MayBeSameElsewhere(sentFrom, item.Input) ? null : sentFrom;
        if (!_items.TryGetValue(sentFrom, out InboxItem? first) || first == item)
            return null;

        InboxDocument document = await first.Ended.ConfigureAwait(false);
        return document.State == InboxState.Gone ? null : document.DuplicateOf ?? document.SourcePath;
    }

    private InboxRun Told(IReadOnlyList<InboxItem> items, string? rowsPath, bool hasRowsLeft, Verdict? stopped) => new()
    {
        Inbox = _options.Inbox,
        Destination = _options.Destination,
        StartedAt = _startedAt,
        Duration = _client.Clock.Elapsed - _began,
        Documents = [.. items.Select(static item => item.Document).OfType<InboxDocument>()],
        Charges = _sending.Charges,
        Pages = _sending.Pages,
        Rows = _filing.Rows,
        RowsPath = rowsPath,
        HasRowsLeft = hasRowsLeft,
        ErrorId = stopped?.ErrorId,
        Reason = stopped?.Reason,
        Advice = stopped?.Advice,
    };

    private Task EndAsync(InboxItem item, Verdict verdict)
    {
        if (verdict.State == InboxState.Failed)
            return _filing.FileAsync(item, new FiledResult(verdict, item.Input, null, null) { FiledAt = _client.Clock.UtcNow });

        item.Leave(verdict);
        return Task.CompletedTask;
    }
}
