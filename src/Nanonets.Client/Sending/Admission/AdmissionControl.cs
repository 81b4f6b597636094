using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Uploading;

namespace Nanonets.Sending.Admission;

/// <summary>
/// Says when a request may be made, for all models of a run: pages of the model's window first, then the breaker, then the budget, so that
/// what changes fastest is asked last and nothing is waited for after it.
/// </summary>
internal sealed class AdmissionControl : IDisposable
{
    private readonly SendingContext _context;
    private readonly Action<NanonetsException> _stop;
    private readonly object _lock = new();

    // Not disposed: waits that are still unwinding hold its token.
#pragma warning disable CA2213
    private readonly CancellationTokenSource _closed;
#pragma warning restore CA2213
    private int _pagesUsed;
    private NanonetsException? _overBudget;

    /// <param name="probe">Asks whether the service is there, for free.</param>
    /// <param name="stop">Is told why no request may be made any more.</param>
    public AdmissionControl(SendingContext context, Func<CancellationToken, Task<bool>> probe, Action<NanonetsException> stop)
    {
        (_context, _stop) = (context, stop);
        _closed = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        Breaker = new OutageBreaker(context.Clock, probe, context.Options.OutagePatience, context.Log, _closed.Token);
    }

    public OutageBreaker Breaker { get; }

    /// <summary>Whether the service has accepted something in this run.</summary>
    public bool HasAccepted { get; private set; }

    /// <summary>Pages of the budget that are used, those under way included.</summary>
    public int PagesUsed
    {
        get
        {
            lock (_lock)
                return _pagesUsed;
        }
    }

    /// <summary>Whether no request begins any more.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>No further request begins; those under way go on.</summary>
    public void Close() => _closed.Cancel();

    public void Dispose() => Close();

    /// <summary>Waits until a request may be made.</summary>
    /// <param name="pages">Its pages, as estimated.</param>
    /// <returns>
    /// Its lease; null when it gets none: because the budget does not suffice for it, which others need not mind, or because none may be
    /// made any more.
    /// </returns>
    public async Task<(Lease? Lease, NanonetsException? OverBudget)> EnterAsync(PagePace pace, int pages)
    {
        PageReservation? reserved = null;
        bool hasEntered = false;
        NanonetsException? overBudget = null;
        try
        {
            reserved = await pace.EnterAsync(pages, _closed.Token).ConfigureAwait(false);
            hasEntered = await Breaker.EnterAsync(_closed.Token).ConfigureAwait(false);
            if (!hasEntered)
                _stop(OutOfPatience());
            else if (!IsClosed && (overBudget = Take(pages)) is null)
                return (new Lease(this, pace, reserved), null);
        }
        catch (OperationCanceledException) when (IsClosed)
        {
            // Nothing begins any more.
        }
        catch (NanonetsException journal)
        {
            _stop(journal);
        }

        if (hasEntered)
            Breaker.Left();
        if (reserved is not null)
            await TellAsync(pace, (window, _) => { window.Returned(reserved); return true; }).ConfigureAwait(false);
        return (null, overBudget);
    }

    /// <summary>Asks whether the service is there, after an upload broke off on its way.</summary>
    public async Task<bool> IsServiceThereAsync()
    {
        try
        {
            return await Breaker.IsThereAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsClosed)
        {
            return false;
        }
        catch (Exception fault)
        {
            _stop(NotFoundOut(fault));
            return false;
        }
    }

    /// <summary>Tells a window. A journal that cannot keep it stops the run.</summary>
    public async Task<T?> TellAsync<T>(PagePace pace, Func<PageWindow, DateTimeOffset, T> change)
    {
        try
        {
            return await pace.TellAsync(change).ConfigureAwait(false);
        }
        catch (NanonetsException journal)
        {
            _stop(journal);
            return default;
        }
    }

    /// <summary>A request has ended: estimates give way to what became of its documents.</summary>
    public void Told(int estimated, IReadOnlyList<UploadOutcome> outcomes)
    {
        bool isAccepted = outcomes.Any(static outcome => outcome.Class == UploadClass.Accepted);
        int counted = outcomes.Sum(static outcome => outcome.Class switch
        {
            UploadClass.Accepted => Lease.PagesOf([outcome]),
            UploadClass.Ambiguous => outcome.Document.Pages,
            _ => 0,
        });
        lock (_lock)
        {
            _pagesUsed += counted - estimated;
            HasAccepted |= isAccepted;
        }

        Document[] documents = [.. outcomes.Select(static outcome => outcome.Document)];
        if (outcomes.Any(RetryDecision.IsLostInOutage))
            Breaker.Failed(documents, isLost: true);
        else if (isAccepted || outcomes.Any(static outcome => outcome.Class == UploadClass.Refused))
            Breaker.Answered();
        else if (outcomes.Any(outcome => RetryDecision.IsTransport(outcome, HasAccepted)))
            Breaker.Failed(documents, isLost: false);
        else
            Breaker.Left();
    }

    /// <summary>A request was not made after all.</summary>
    public void Left(int estimated)
    {
        lock (_lock)
            _pagesUsed -= estimated;
        Breaker.Left();
    }

    /// <summary>Takes pages of the budget. When none is left, nothing more is sent.</summary>
    /// <returns>Why they cannot be had; null when they were taken.</returns>
    private NanonetsException? Take(int pages)
    {
        lock (_lock)
        {
            if (!(_pagesUsed + pages > _context.Options.PageBudget))
            {
                _pagesUsed += pages;
                return null;
            }

            _overBudget ??= new NanonetsException(
                NanonetsErrorId.PageBudgetReached, $"The page budget of this run ({_context.Options.PageBudget} pages) does not suffice.");
            if (_pagesUsed < _context.Options.PageBudget)
                return _overBudget;
        }

        _stop(_overBudget);
        return _overBudget;
    }

    private static NanonetsException NotFoundOut(Exception fault) =>
        new(NanonetsErrorId.ServiceUnavailable, $"It could not be found out whether the service is there: {fault.Message}", fault);

    private NanonetsException OutOfPatience() => Breaker.Fault is { } fault
        ? NotFoundOut(fault)
        : new NanonetsException(
            NanonetsErrorId.ServiceUnavailable,
            $"The service or the network has been unavailable for {Hours(_context.Options.OutagePatience)}; the run was stopped.");

    private static string Hours(TimeSpan span) =>
        span.TotalHours >= 1 ? $"{span.TotalHours:0.#} hours" : $"{span.TotalMinutes:0.#} minutes";
}
