using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Client.Tests.Sending.Simulation;

/// <summary>A document in memory.</summary>
internal sealed class MemorySource(string name, string content, string? path = null) : UploadSource(name, path ?? "/in/" + name)
{
    public string Text { get; } = content;

    public string Hash { get; } = DocumentKey.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>Cannot be read while true.</summary>
    public bool IsLocked { get; set; }

    /// <summary>How often it can be opened before it is locked.</summary>
    public int? Opens { get; set; }

    internal override UploadForm Form => UploadForm.File;

    internal override OpenedSource Open()
    {
        if (IsLocked || Opens-- <= 0)
            throw new NanonetsException(NanonetsErrorId.SourceUnavailable, $"'{FileName}' is locked.");
        return new Opened(this);
    }

    private sealed class Opened : OpenedSource
    {
        public Opened(MemorySource source)
            : base(source)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(source.Text);
            Content = new MemoryStream(bytes);
            Length = bytes.Length;
            KnownType = "application/pdf";
        }

        public override void EnsureUnchanged()
        {
        }

        public override void Dispose() => Content!.Dispose();
    }
}

/// <summary>One run of the sender in a simulated process, which may be killed at any call to the journal or the service.</summary>
internal sealed class SimulatedProcess : ISendingLog, ISendingSlots, ISendingSink
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _limit;
    private readonly SimulatedTime _time;
    private int _free;

    public SimulatedProcess(
        SimulatedTime time, SimulatedService service, IUploadJournal? journal = null, SendingOptions? options = null, int throttle = 4,
        TimeSpan wrongBy = default, int? dieAtCall = null)
    {
        _time = time;
        _limit = _free = throttle;
        Clock = new ProcessClock(time, wrongBy);
        Client = new NanonetsClient(new NanonetsClientOptions("key") { MaximumRetryCount = 1 }, service.Handler(Clock), Clock);
        Journal = new MortalJournal(journal ?? new MemoryJournal(), Clock, dieAtCall);
        JournalRun = Journal.StartRunAsync(CancellationToken.None).Result;
        Context = new SendingContext
        {
            Client = Client,
            JournalLocation = Journal.Location,
            IsDurable = journal is not null,
            Run = JournalRun,
            Options = options ?? new SendingOptions(),
            Log = this,
            Observer = new Watcher(this),
            Stop = Cancel.Token,
        };
        Run = new Sender(Context);
    }

    public ProcessClock Clock { get; }

    public NanonetsClient Client { get; }

    public MortalJournal Journal { get; }

    public IJournalRun JournalRun { get; }

    public SendingContext Context { get; }

    public Sender Run { get; }

    public CancellationTokenSource Cancel { get; } = new();

    public List<string> Warnings { get; } = [];

    public List<string> Lines { get; } = [];

    public List<(Document Document, SendingOutcome Outcome)> Ends { get; } = [];

    public List<Document> Begun { get; } = [];

    public int MostAtOnce { get; private set; }

    /// <summary>Estimated pages of a document.</summary>
    public Func<MemorySource, int> Pages { get; set; } = _ => 1;

    /// <summary>Model of a document.</summary>
    public Func<MemorySource, string> Model { get; set; } = _ => "m";

    /// <summary>How long nothing comes before a document, as when a script waits for files.</summary>
    public Func<MemorySource, TimeSpan> Before { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Called with each outcome, before anybody else has it.</summary>
    public Action<SendingOutcome>? OnSettled { get; set; }

    /// <summary>What whoever watches the requests throws at one of a method, for failures nobody thought of; null for nothing.</summary>
    public Func<string, Exception?> WatcherThrows { get; set; } = _ => null;

    /// <summary>Slots that nobody holds, and all there are.</summary>
    public (int Free, int All) Slots => (_free, _limit);

    /// <summary>What a run ended with, in words.</summary>
    public string Describe() =>
        $"{string.Join(", ", Ends.GroupBy(static end => end.Outcome.End).Select(static same => $"{same.Key} {same.Count()}"))}; stopped "
            + $"by: {Run.StopReason?.Message ?? "nothing"}";

    public SendingOutcome this[UploadSource source] => Assert.Single(Ends, end => end.Document.Source == source).Outcome;

    /// <summary>Sends documents, one a request, as a pipeline would: the next begins when a slot is free.</summary>
    public Task SendAsync(IEnumerable<MemorySource> sources, Func<MemorySource, string?>? metadata = null, bool isObject = false) =>
        SendAsync(sources.Select(source =>
            (Before(source), new SendRequest(Model(source), [new Document(source) { Bytes = source.Text.Length, Pages = Pages(source) }])
        {
            Metadata = metadata?.Invoke(source),
            MetadataIsObject = isObject,
        })));

    public Task SendAsync(IEnumerable<SendRequest> jobs) => SendAsync(jobs.Select(static job => (TimeSpan.Zero, job)));

    private async Task SendAsync(IEnumerable<(TimeSpan Before, SendRequest Job)> jobs)
    {
        var running = new List<Task>();
        foreach ((TimeSpan before, SendRequest job) in jobs)
        {
            if (before > TimeSpan.Zero)
                await _time.Delay(before, CancellationToken.None);
            await TakeAsync(CancellationToken.None);
            running.Add(Run.SendAsync(job, Run.HandOver(this, this)));
        }

        Run.InputEnded();
        await Task.WhenAll(running);
        JournalRun.Dispose();
    }

    /// <summary>Sends to the end.</summary>
    public SimulatedProcess Complete(IEnumerable<MemorySource> sources, Func<MemorySource, string?>? metadata = null, bool isObject = false)
    {
        _time.Run(SendAsync(sources, metadata, isObject));
        Assert.Equal(_limit, _free);
        return this;
    }

    /// <summary>Sends until it has ended, or was killed.</summary>
    public void RunUntilEndOrDeath(IEnumerable<MemorySource> sources, Func<MemorySource, string?>? metadata = null)
    {
        Task task = SendAsync(sources, metadata);
        while (!task.IsCompleted && !Clock.IsDead)
        {
            if (!_time.Step() && !task.IsCompleted && !Clock.IsDead)
                throw new InvalidOperationException($"Deadlock: nothing is due, and somebody waits. {Ends.Count} ended, {_free} of "
                    + $"{_limit} free, stop {Run.StopReason?.Message}. {string.Join(" | ", Lines.Concat(Warnings))}");
        }

        JournalRun.Dispose();
        if (!Clock.IsDead)
            task.GetAwaiter().GetResult();
    }

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        while (_free == 0)
        {
            var turn = new TaskCompletionSource();
            _waiting.Enqueue(turn);
            await turn.Task;
        }

        _free--;
        MostAtOnce = Math.Max(MostAtOnce, _limit - _free);
    }

    public void Release()
    {
        _free++;
        Assert.InRange(_free, 1, _limit);

        // Not here: one document after the other would go on deeper and deeper in the same stack, and at its end on another thread.
        if (_waiting.TryDequeue(out TaskCompletionSource? next))
            Clock.Post(next.SetResult);
    }

    public void Began(Document document) => Begun.Add(document);

    public Task SettledAsync(Document document, SendingOutcome outcome)
    {
        Ends.Add((document, outcome));
        OnSettled?.Invoke(outcome);
        return Task.CompletedTask;
    }

    public void Verbose(string text) => Lines.Add(text);

    public void Warn(string text) => Warnings.Add(text);

    private sealed class Watcher(SimulatedProcess process) : IRequestObserver
    {
        public void RequestCompleted(RequestTrace trace)
        {
            if (process.WatcherThrows(trace.Method) is { } thrown)
                throw thrown;
        }

        public void BodyBytesSent(long delta)
        {
        }
    }
}

/// <summary>A journal whose process dies at a chosen call, before or after it was done.</summary>
internal sealed class MortalJournal(IUploadJournal journal, ProcessClock process, int? dieAtCall) : IUploadJournal
{
    private int _calls;

    public string Location => journal.Location;

    /// <summary>Fails from this call on, as a full disk does.</summary>
    public int? FullAtCall { get; set; }

    /// <summary>The write at which something happens that nobody thought of; null for never.</summary>
    public int? UnexpectedAtRecord { get; set; }

    /// <summary>Number of the entry and kind of the change of every write, in order.</summary>
    public List<string> Records { get; } = [];

    public async Task<IJournalRun> StartRunAsync(CancellationToken cancellationToken) =>
        new MortalRun(this, await journal.StartRunAsync(cancellationToken));

    public IEnumerable<JournalEntry> Query(JournalQuery query) => journal.Query(query);

    public IReadOnlyList<JournalMonth> Months() => journal.Months();

    public Task FinishAsync(
        string origin, string modelId, string requestFileId, UploadChange.Finished finished, CancellationToken cancellationToken) =>
        journal.FinishAsync(origin, modelId, requestFileId, finished, cancellationToken);

    public Task<JournalEntry?> ResolveAsync(long entryId, UploadChange word, CancellationToken cancellationToken) =>
        journal.ResolveAsync(entryId, word, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset before, bool evenUnresolved, CancellationToken cancellationToken) =>
        journal.RemoveAsync(before, evenUnresolved, cancellationToken);

    public void Dispose() => journal.Dispose();

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        await process.AliveAsync();
        int number = ++_calls;
        if (number >= FullAtCall)
            throw new NanonetsException(NanonetsErrorId.JournalUnavailable, "The disk is full.");
        if (number == dieAtCall && number % 2 == 0)
            process.Kill();
        await process.AliveAsync();
        T result = await call();
        if (number == dieAtCall)
            process.Kill();
        await process.AliveAsync();
        return result;
    }

    private sealed class MortalRun(MortalJournal journal, IJournalRun run) : IJournalRun
    {
        public string RunId => run.RunId;

        public bool ClaimsPassOn => run.ClaimsPassOn;

        public Task ConfirmClaimsAsync(CancellationToken cancellationToken) => run.ConfirmClaimsAsync(cancellationToken);

        public Task<JournalAnswer> BeginAsync(
            JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken cancellationToken) =>
            journal.CallAsync(() => run.BeginAsync(planned, resend, at, cancellationToken));

        public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken cancellationToken)
        {
            journal.Records.Add($"{entryId} {change.GetType().Name}");
            return journal.Records.Count == journal.UnexpectedAtRecord
                ? throw new TimeZoneNotFoundException("Nobody thought of this.")
                : journal.CallAsync(() => run.RecordAsync(entryId, change, cancellationToken));
        }

        public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
            string origin, string modelId, DateTimeOffset at, CancellationToken cancellationToken) =>
            journal.CallAsync(() => run.ClaimUnresolvedAsync(origin, modelId, at, cancellationToken));

        public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken cancellationToken) =>
            journal.CallAsync(() => run.ContinuityAsync(origin, modelId, cancellationToken));

        public Task KeepListedAsync(
            string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken cancellationToken) =>
            journal.CallAsync(() => Done(run.KeepListedAsync(origin, modelId, files, cancellationToken)));

        public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken cancellationToken) =>
            journal.CallAsync(() => Done(run.CompleteRebuildAsync(origin, modelId, cancellationToken)));

        public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken cancellationToken) =>
            journal.CallAsync(() => run.IsKnownFileAsync(origin, modelId, requestFileId, cancellationToken));

        public bool IsShared => run.IsShared;

        public TimeSpan ClockCorrection => run.ClockCorrection;

        /// <summary>
        /// Not one of the calls at which the process dies: it happens around every upload, and changes nothing that is durable.
        /// </summary>
        public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) =>
            run.ChangeAsync(origin, modelId, change);

        private static async Task<bool> Done(Task work)
        {
            await work;
            return true;
        }

        public Task<JournalNeighbours> NeighboursAsync(
            string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellationToken) =>
            journal.CallAsync(() => run.NeighboursAsync(origin, modelId, from, to, count, cancellationToken));

        public void Dispose() => run.Dispose();
    }
}
