using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;

namespace Nanonets.Sending;

/// <summary>How much runs at once, in the hands of the caller.</summary>
internal interface ISendingSlots
{
    Task TakeAsync(CancellationToken cancellationToken);

    void Release();
}

/// <summary>Who gave the documents. Called from any thread.</summary>
internal interface ISendingSink
{
    /// <summary>A document is about to be handed to the service: from now on it may be billed.</summary>
    void Began(Document document);

    /// <summary>It has ended. Completes when the outcome was taken.</summary>
    Task SettledAsync(Document document, SendingOutcome outcome);
}

/// <summary>
/// A request's hold on a slot: held while anything is sent or handed over, free while it only waits. Counts as under way from the moment it
/// is made.
/// </summary>
internal sealed class SlotHold
{
    private readonly SendingContext _context;
    private readonly ISendingSlots _slots;
    private readonly RunState _run;
    private bool _isActive;
    private bool _hasSlot;

    /// <param name="hasSlot">Whether the caller has taken a slot for it.</param>
    public SlotHold(SendingContext context, RunState run, ISendingSlots slots, ISendingSink sink, bool hasSlot)
    {
        (_context, _run, _slots, Sink, _hasSlot) = (context, run, slots, sink, hasSlot);
        if (!hasSlot)
            return;

        _isActive = true;
        _run.WorkBegan();
    }

    public ISendingSink Sink { get; }

    /// <summary>Another hold, for a document that goes on by itself. It has no slot yet.</summary>
    public SlotHold Fork() => new(_context, _run, _slots, Sink, hasSlot: false);

    /// <summary>Takes a slot again.</summary>
    public async Task ResumeAsync()
    {
        _run.WorkBegan();
        _isActive = true;

        // In the order of the input, later documents hold slots until this one has ended: it must not wait for them.
        if (_context.Options.Ordered)
            return;

        try
        {
            await _slots.TakeAsync(_context.Stop).ConfigureAwait(false);
            _hasSlot = true;
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Lets go of the slot. Does nothing when it has gone already.</summary>
    public void Release()
    {
        if (!_isActive)
            return;

        _isActive = false;
        if (_hasSlot)
            _slots.Release();
        _hasSlot = false;
        _run.WorkEnded();
    }
}
