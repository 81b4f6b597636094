using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;
using Nanonets.Time;

namespace Nanonets.Sending;

/// <summary>What a run knows about one model: whether it can be sent to, its pace, and what is reconciled in it.</summary>
internal sealed class ModelRun
{
    /// <summary>What is older has passed every mark of the schedule.</summary>
    private static readonly TimeSpan s_longestAgo = TimeSpan.FromMinutes(10);

    private readonly SendingContext _context;
    private readonly object _lock = new();
    private readonly Dictionary<long, int> _absences = [];
    private readonly HashSet<long> _found = [];
    private readonly SharedWork<bool> _preparation;
    private NanonetsException? _stopReason;

    public ModelRun(SendingContext context, string modelId)
    {
        _context = context;
        ModelId = modelId;
        _preparation = new SharedWork<bool>(context.Clock, again: false);
        Pace = new PagePace(context.PageWindows, context.Origin, modelId, context.Run.RunId, context.Options.PagesPerMinute, context.Clock);
        Reconciler = new Reconciler(context, modelId);
        Review = new ListingReview(context, modelId);
    }

    public string ModelId { get; }

    public PagePace Pace { get; }

    public Reconciler Reconciler { get; }

    /// <summary>Compares what listings show with documents.</summary>
    public ListingReview Review { get; }

    /// <summary>Why nothing more is sent to the model; null while it can be.</summary>
    public NanonetsException? StopReason => Volatile.Read(ref _stopReason);

    /// <summary>Sends nothing more to the model.</summary>
    public void Stop(NanonetsException reason) => Interlocked.CompareExchange(ref _stopReason, reason, null);

    /// <summary>
    /// Before the first upload: one free GET tells of key, model and time; what a journal may have lost is read from the listing; what
    /// earlier runs left open is reconciled.
    /// </summary>
    /// <exception cref="NanonetsException">No upload to the model can succeed.</exception>
    public Task PrepareAsync(SendRequest first, AdmissionControl admission) =>
        _preparation.JoinAsync(() => PrepareOnceAsync(first, admission));

    /// <summary>How many complete listings lacked an upload before this run came to it.</summary>
    private int AbsencesOf(JournalEntry entry)
    {
        lock (_lock)
            return _absences.TryGetValue(entry.EntryId, out int count) ? count : 0;
    }

    /// <summary>Whether this run found an upload of an earlier one before it came to its document.</summary>
    public bool WasFound(JournalEntry entry)
    {
        lock (_lock)
            return _found.Contains(entry.EntryId);
    }

    /// <summary>Finds out what became of a document whose answer was lost.</summary>
    /// <param name="isOfThisRun">Whether this run sent it.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="NanonetsException">The journal failed.</exception>
    public Task<Reconciled> ReconcileAsync(SendRequest request, Document document, bool isOfThisRun)
    {
        if (_context.Options.OnAmbiguous == AmbiguousAction.Hold)
            return Task.FromResult<Reconciled>(new Reconciled.Held("-OnAmbiguous Hold was used"));
        if (!request.LeavesFile)
            return Task.FromResult<Reconciled>(new Reconciled.Held("the service keeps no file of this call that could be found again"));

        TimeSpan ago = isOfThisRun ? TimeSpan.Zero : _context.Client.ServerNow - document.Entry.ChangedAt;
        TimeSpan since = _context.Clock.Elapsed - (ago < TimeSpan.Zero ? TimeSpan.Zero : ago < s_longestAgo ? ago : s_longestAgo);
        return Reconciler.ReconcileAsync(
            new PendingUpload(
                document.Entry, document.TagId, request.SharesTag, since, isOfThisRun) { Absences = AbsencesOf(document.Entry) });
    }

    private async Task<bool> PrepareOnceAsync(SendRequest first, AdmissionControl admission)
    {
        await new ServiceCheck(_context, admission).CheckAsync(first).ConfigureAwait(false);
        if (!_context.IsDurable || !first.LeavesFile)
            return true;

        await new JournalRebuild(_context, ModelId).CompleteAsync().ConfigureAwait(false);
        await ReconcileLeftoversAsync().ConfigureAwait(false);
        return true;
    }

    private async Task ReconcileLeftoversAsync()
    {
        IReadOnlyList<JournalEntry> left = await _context.Run
            .ClaimUnresolvedAsync(_context.Origin, ModelId, _context.Client.ServerNow, _context.Stop).ConfigureAwait(false);
        if (left.Count == 0 || _context.Options.OnAmbiguous == AmbiguousAction.Hold)
            return;

        PendingUpload[] open =
        [
            .. left.Where(static entry => entry.Unsettled.Any())
                .Select(entry => new PendingUpload(entry, UploadTag.IdOf(entry.Key), false, _context.Clock.Elapsed, false)),
        ];
        if (open.Length == 0 || await Reconciler.LookOnceAsync(open).ConfigureAwait(false) is not { } verdicts)
            return;

        foreach ((PendingUpload upload, ListingVerdict verdict) in verdicts)
        {
            if (verdict is ListingVerdict.Missing)
            {
                lock (_lock)
                    _absences[upload.Entry.EntryId] = 1;
            }

            if (verdict is not ListingVerdict.Found found)
                continue;

            var change = new UploadChange.Accepted(_context.Client.ServerNow, 0, found.File.RequestFileId, null);
            await _context.Run.RecordAsync(upload.Entry.EntryId, change, _context.Stop).ConfigureAwait(false);
            lock (_lock)
                _found.Add(upload.Entry.EntryId);
            _context.Log.Verbose($"{upload.Entry.Input} of an earlier run was found: it is {found.File.RequestFileId}.");
            _context.WarnOfDuplicates(upload.Entry.Input, found.File, found.Duplicates);
        }
    }
}
