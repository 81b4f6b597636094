using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>
/// Looks for the uploads of one model whose answers were lost: one listing serves all of them, on the schedule of <see cref="LookSchedule"/>. Says for each in the end whether it was
/// found, may be sent again, or is held.
/// </summary>
internal sealed class UploadLooker
{
    private static readonly UploadState[] s_unresolved = [UploadState.Sending, UploadState.Ambiguous, UploadState.Held];

    private readonly SendingContext _context;
    private readonly string _modelId;
    private readonly object _lock = new();
    private readonly List<Search> _open = [];
    private readonly Dictionary<string, DateTimeOffset> _missed = [];
    private TaskCompletionSource<bool> _changed = new();
    private bool _running;
    private int _looks;
    private TimeSpan? _lastLook;
    private TimeSpan? _endOfInput;
    private TimeSpan _slowestListing;

    public UploadLooker(SendingContext context, string modelId) => (_context, _modelId) = (context, modelId);

    private Clock Clock => _context.Clock;

    private bool SendsAtOnce => _context.Options.OnAmbiguous == AmbiguousAction.Resend;

    /// <summary>Looks for an upload until it is settled one way or another.</summary>
    public Task<LookEnd> SeekAsync(SoughtUpload upload)
    {
        var search = new Search(upload);
        bool start;
        lock (_lock)
        {
            _open.Add(search);
            start = !_running;
            _running = true;
        }

        if (start)
            _ = RunAsync();
        else
            Changed();
        return search.End.Task;
    }

    /// <summary>Nothing more is sent unless looking allows it: what a last look does not settle is held.</summary>
    public void EndOfInput()
    {
        lock (_lock)
            _endOfInput ??= Clock.Elapsed;
        Changed();
    }

    /// <summary>Looks once, outside the schedule: what earlier runs left is looked for before anything is sent.</summary>
    /// <returns>The verdicts; null when the listing could not be had.</returns>
    public async Task<IReadOnlyDictionary<SoughtUpload, LookVerdict>?> LookOnceAsync(IReadOnlyList<SoughtUpload> uploads)
    {
        Look look = await LookAsync(uploads).ConfigureAwait(false);
        return look.Listing is { } listing ? uploads.ToDictionary(static upload => upload, upload => Judge(upload, uploads, listing)) : null;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                TimeSpan? due;
                Task changed;
                lock (_lock)
                {
                    if (_open.Count == 0)
                    {
                        _running = false;
                        return;
                    }

                    due = Due();
                    changed = _changed.Task;
                }

                if (due is null || due > Clock.Elapsed)
                    await WaitAsync(due, changed).ConfigureAwait(false);
                else
                    await SettleAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // A journal that fails, or the end of the run: whoever waits is told, and decides.
            Search[] left;
            lock (_lock)
            {
                left = [.. _open];
                _open.Clear();
                _running = false;
            }

            foreach (Search search in left)
            {
                if (failure is OperationCanceledException)
                    search.End.TrySetCanceled();
                else
                    search.End.TrySetException(failure);
            }
        }
    }

    private TimeSpan? Due()
    {
        TimeSpan now = Clock.Elapsed;
        if (_endOfInput is { } since)
            return _lastLook is null || _lastLook < since ? now : _open.Min(static search => search.Upload.SoughtSince) + LookSchedule.First;
        return LookSchedule.Next(_open.Select(static search => search.Upload), _lastLook, _looks, SendsAtOnce);
    }

    private async Task WaitAsync(TimeSpan? due, Task changed)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_context.Stop);
        Task delay = Clock.Delay(due is { } time ? time - Clock.Elapsed : Timeout.InfiniteTimeSpan, over.Token);
        await Task.WhenAny(delay, changed).ConfigureAwait(false);
        over.Cancel();
        _context.Stop.ThrowIfCancellationRequested();
    }

    /// <summary>One look, and what follows from it for each upload.</summary>
    private async Task SettleAsync()
    {
        Search[] searches;
        lock (_lock)
            searches = [.. _open];
        SoughtUpload[] uploads = [.. searches.Select(static search => search.Upload)];
        TimeSpan began = Clock.Elapsed;
        Look look = await LookAsync(uploads).ConfigureAwait(false);
        lock (_lock)
        {
            _lastLook = began;
            _looks++;
        }

        foreach (Search search in searches)
        {
            search.Upload.Looks++;
            if (Conclude(search.Upload, uploads, look, began) is not { } end)
                continue;

            lock (_lock)
                _open.Remove(search);
            search.End.TrySetResult(end);
        }
    }

    /// <summary>What is to be done about an upload; null to go on looking.</summary>
    private LookEnd? Conclude(SoughtUpload upload, SoughtUpload[] all, Look look, TimeSpan began)
    {
        string why = "the service's listing could not be read";
        if (look.Listing is { } listing)
        {
            switch (Judge(upload, all, listing))
            {
                case LookVerdict.Found found:
                    return new LookEnd.Found(found.File, found.Duplicates);
                case LookVerdict.Unclear unclear:
                    why = unclear.Why;
                    break;
                default:
                    upload.Absences++;
                    if (MayBeSentAgain(upload, look) is not { } objection)
                        return new LookEnd.SendAgain();
                    why = objection;
                    break;
            }
        }
        else if (SendsAtOnce && upload.AmbiguousAttempts < ResendRule.MostAmbiguousAttempts)
        {
            return new LookEnd.SendAgain();
        }

        return IsLast(upload, began) ? new LookEnd.Held(why) : null;
    }

    private string? MayBeSentAgain(SoughtUpload upload, Look look)
    {
        if (SendsAtOnce && upload.AmbiguousAttempts < ResendRule.MostAmbiguousAttempts)
            return null;

        TimeSpan over = Over(upload);
        TimeSpan leastWait = ResendRule.LeastWait(_context.Options.ResendAfter, _slowestListing);
        upload.ResendDue = Clock.Elapsed + (leastWait > over ? leastWait - over : TimeSpan.Zero);
        return ResendRule.Forbids(upload, look.Witnesses[upload], look.Listing!, over, leastWait);
    }

    /// <summary>By our own clock for what this run sent, by the service's for what an earlier one did; of the two the one that is surer to have passed.</summary>
    private TimeSpan Over(SoughtUpload upload)
    {
        TimeSpan byService = _context.Client.ServerNow - upload.EndedAt;
        TimeSpan here = Clock.Elapsed - upload.SoughtSince;
        return upload.IsOfThisRun ? here : byService;
    }

    private bool IsLast(SoughtUpload upload, TimeSpan began) =>
        (_endOfInput is { } since && began >= since && began >= upload.SoughtSince + LookSchedule.First)
        || (_context.Options.Ordered && began >= upload.SoughtSince + LookSchedule.Second);

    private LookVerdict Judge(SoughtUpload upload, IReadOnlyCollection<SoughtUpload> all, LookResult listing) =>
        UploadSearch.Judge(
            upload, all, listing,
            file => _context.Journal.Query(new JournalQuery { ModelId = _modelId, RequestFileId = file.RequestFileId }).Any(),
            sought => _context.Journal.Query(new JournalQuery { ModelId = _modelId, States = s_unresolved }).Count(sought.LooksLike));

    private async Task<Look> LookAsync(IReadOnlyList<SoughtUpload> uploads)
    {
        var witnesses = new Dictionary<SoughtUpload, Witnesses>();
        foreach (SoughtUpload upload in uploads)
            witnesses[upload] = await WitnessesAsync(upload).ConfigureAwait(false);

        JournalEntry[] around = [.. witnesses.Values.SelectMany(static some => some.All).GroupBy(static entry => entry.EntryId).Select(static same => same.First())];
        var listing = new LookResult(uploads, around);
        var days = new LookDays(_context.Client.KnowsServerTime);
        foreach (UploadAttempt attempt in uploads.SelectMany(static upload => upload.Entry.Unsettled).Concat(around.Select(static entry => entry.Answered!)))
            days.Add(attempt);

        try
        {
            foreach ((int first, int last) in days.Spans())
                listing.Add(await _context.Client.ListUploadsAsync(_modelId, first, last, listing.Wants, _context.Observer, _context.Stop).ConfigureAwait(false));
        }
        catch (NanonetsException failure)
        {
            _context.Log.Verbose($"Looking for {uploads.Count} upload(s) of model {_modelId} failed: {failure.Message}");
            return new Look(null, witnesses);
        }

        Learn(around, listing);
        return new Look(listing, witnesses);
    }

    private async Task<Witnesses> WitnessesAsync(SoughtUpload upload)
    {
        JournalNeighbours near = await NeighboursAsync(upload.StartedAt, upload.EndedAt, ResendRule.Neighbours).ConfigureAwait(false);
        DateTimeOffset late = upload.EndedAt + _context.Options.ResendAfter;
        JournalNeighbours beyond = await NeighboursAsync(late, late, 1).ConfigureAwait(false);
        return ResendRule.Near(upload, near, beyond.After.Count > 0 ? beyond.After[0] : null);
    }

    private Task<JournalNeighbours> NeighboursAsync(DateTimeOffset from, DateTimeOffset to, int count) =>
        _context.Run.NeighboursAsync(_context.Origin, _modelId, from, to, count, _context.Stop);

    /// <summary>Learns how late the listing is from uploads that it lacked before and shows now.</summary>
    private void Learn(JournalEntry[] answered, LookResult listing)
    {
        DateTimeOffset now = _context.Client.ServerNow;
        foreach (JournalEntry entry in answered)
        {
            if (!listing.Shows(entry))
                _missed[entry.RequestFileId!] = now;
            else if (_missed.Remove(entry.RequestFileId!) && entry.Answered!.EndedAt is { } accepted && now - accepted > _slowestListing)
                _slowestListing = now - accepted;
        }
    }

    private void Changed()
    {
        TaskCompletionSource<bool> changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource<bool>();
        }

        changed.TrySetResult(true);
    }

    private sealed record Look(LookResult? Listing, IReadOnlyDictionary<SoughtUpload, Witnesses> Witnesses);

    private sealed class Search(SoughtUpload upload)
    {
        public SoughtUpload Upload { get; } = upload;

        public TaskCompletionSource<LookEnd> End { get; } = new();
    }
}

/// <summary>How a search ends.</summary>
internal abstract record LookEnd
{
    /// <summary>The service has it.</summary>
    internal sealed record Found(ListedUpload File, IReadOnlyList<string> Duplicates) : LookEnd;

    /// <summary>It is proven missing, or the user takes the risk.</summary>
    internal sealed record SendAgain : LookEnd;

    /// <summary>It stays open.</summary>
    internal sealed record Held(string Why) : LookEnd;
}
