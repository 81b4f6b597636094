using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>What a run knows about one model: whether it can be sent to, its pace, what is looked for in it, and what earlier runs left behind.</summary>
internal sealed class ModelRun
{
    /// <summary>A journal that may have lost entries is completed from the service's listing of so many days.</summary>
    private const int RebuiltDays = 3;

    private readonly SendingContext _context;
    private readonly Announcement<bool> _prepared = new();
    private int _preparing;
    private readonly Dictionary<string, ListedUpload> _rebuilt = [];
    private readonly Dictionary<long, int> _absences = [];

    public ModelRun(SendingContext context, string modelId)
    {
        _context = context;
        ModelId = modelId;
        Pace = PagePace.Of(context.Origin, modelId, context.Clock);
        if (context.Options.PagesPerMinute is { } known)
            Pace.Know(known);
        Looker = new UploadLooker(context, modelId);
    }

    public string ModelId { get; }

    public PagePace Pace { get; }

    public UploadLooker Looker { get; }

    /// <summary>Before the first upload: one free GET tells of key, model and time; what earlier runs left open is looked for.</summary>
    /// <exception cref="NanonetsException">No upload can succeed.</exception>
    public Task PrepareAsync(OutageBreaker breaker)
    {
        if (Interlocked.Exchange(ref _preparing, 1) == 0)
            _ = PrepareOnceAsync(breaker);
        return _prepared.WaitAsync();
    }

    /// <summary>Asks whether the service is there.</summary>
    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _context.Client.GetModelAsync(ModelId, _context.Observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NanonetsException failure)
        {
            // An answer of the service's own, even one that refuses, shows that it is there.
            return failure.ErrorId is not (NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ServiceUnavailable
                or NanonetsErrorId.InvalidResponse or NanonetsErrorId.TlsFailed);
        }
    }

    /// <summary>What is written down about a document before it is sent.</summary>
    /// <exception cref="NanonetsException">It cannot be read.</exception>
    public async Task<UploadIntent> IntentOfAsync(UploadJob job, SendingDocument document)
    {
        string content = _context.IsDurable
            ? document.Source.ContentHash ??= await ContentHash.OfAsync(document.Source, _context.Stop).ConfigureAwait(false)
            : Guid.NewGuid().ToString("N");
        var key = new DocumentKey(_context.Origin, ModelId, content, DocumentKey.PagesOf(job.PagesToProcess), DocumentKey.DigestOf(job.Metadata));
        return new UploadIntent(key, document.Source.FileName, document.Source.SourcePath, document.Bytes);
    }

    /// <summary>The mark a document is found by. Documents of one request travel under one.</summary>
    public static string MarkOf(UploadJob job, JournalEntry entry) => job.Documents.Count == 1 ? UploadTag.MarkOf(entry.Key) : job.SharedMark;

    /// <summary>A file with this mark that the journal has lost; null when there is none.</summary>
    public ListedUpload? Rebuilt(string mark) => _rebuilt.TryGetValue(mark, out ListedUpload? file) ? file : null;

    /// <summary>How many complete listings lacked it before this run came to it.</summary>
    public int AbsencesOf(JournalEntry entry) => _absences.TryGetValue(entry.EntryId, out int count) ? count : 0;

    private async Task PrepareOnceAsync(OutageBreaker breaker)
    {
        Task<bool> work = PrepareAllAsync(breaker);
        await Task.WhenAny(work).ConfigureAwait(false);
        _prepared.Say(work);
    }

    private async Task<bool> PrepareAllAsync(OutageBreaker breaker)
    {
        await CheckAsync(breaker).ConfigureAwait(false);
        if (!_context.IsDurable)
            return true;

        if (_context.Journal.Continuity != JournalContinuity.Whole)
            await RebuildAsync().ConfigureAwait(false);
        await LookForLeftoversAsync().ConfigureAwait(false);
        return true;
    }

    private async Task CheckAsync(OutageBreaker breaker)
    {
        if (_context.Client.WasCheckedLately(ModelId))
            return;

        try
        {
            await _context.Client.GetModelAsync(ModelId, _context.Observer, _context.Stop).ConfigureAwait(false);
            _context.Client.NoteChecked(ModelId);
        }
        catch (NanonetsException failure) when (!failure.DoomsRun)
        {
            _context.Log.Verbose($"The service did not tell about model {ModelId}: {failure.Message}");
            if (failure.ErrorId is NanonetsErrorId.ServiceUnavailable or NanonetsErrorId.RequestTimedOut)
                breaker.OpenAtOnce();
        }
    }

    /// <summary>Files that carry our mark and are not in the journal were sent by a run whose entries are lost.</summary>
    private async Task RebuildAsync()
    {
        int today = LookDays.Of(_context.Client.ServerNow);
        try
        {
            IReadOnlyList<ListedUpload> tagged = await _context.Client
                .ListUploadsAsync(ModelId, today - RebuiltDays + 1, today, static page => page.Tag is not null, _context.Observer, _context.Stop).ConfigureAwait(false);
            foreach (ListedUpload page in tagged)
            {
                if (!_rebuilt.ContainsKey(page.Tag!.Mark))
                    _rebuilt.Add(page.Tag.Mark, page);
            }
        }
        catch (NanonetsException failure) when (_context.Journal.Continuity == JournalContinuity.New)
        {
            _context.Log.Warn($"It could not be looked up whether an earlier journal was lost: {failure.Message} Documents sent before under another journal would be sent again.");
        }
        catch (NanonetsException failure)
        {
            throw new NanonetsException(
                NanonetsErrorId.JournalUnavailable,
                $"The journal {_context.Journal.Location} is older than the last run left it, and what was sent since could not be looked up: {failure.Message} Nothing was sent.", failure);
        }
    }

    private async Task LookForLeftoversAsync()
    {
        IReadOnlyList<JournalEntry> left = await _context.Run
            .ClaimUnresolvedAsync(_context.Origin, ModelId, _context.Client.ServerNow, _context.Stop).ConfigureAwait(false);
        if (left.Count == 0 || _context.Options.OnAmbiguous == AmbiguousAction.Hold)
            return;

        SoughtUpload[] sought =
        [
            .. left.Where(static entry => entry.Unsettled.Any())
                .Select(entry => new SoughtUpload(entry, UploadTag.MarkOf(entry.Key), false, _context.Clock.Elapsed, false)),
        ];
        if (sought.Length == 0 || await Looker.LookOnceAsync(sought).ConfigureAwait(false) is not { } verdicts)
            return;

        foreach (KeyValuePair<SoughtUpload, LookVerdict> verdict in verdicts)
        {
            JournalEntry entry = verdict.Key.Entry;
            if (verdict.Value is LookVerdict.Absent)
                _absences[entry.EntryId] = 1;
            if (verdict.Value is not LookVerdict.Found found)
                continue;

            await _context.Run.RecordAsync(entry.EntryId, new UploadChange.Accepted(_context.Client.ServerNow, 0, found.File.RequestFileId, null), _context.Stop).ConfigureAwait(false);
            _context.Log.Verbose($"{entry.Input} of an earlier run was found: it is {found.File.RequestFileId}.");
            _context.WarnOfDuplicates(entry.Input, found.File, found.Duplicates);
        }
    }
}
