using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// One run of the sender, as a cmdlet would make it: some documents at once, each outcome handed over as it comes, every word kept.
/// </summary>
internal sealed class Night : ISendingLog, ISendingSlots, ISendingSink, IRequestObserver, IDisposable
{
    private readonly NanonetsClient _client;
    private readonly IUploadJournal _journal;
    private readonly IJournalRun _run;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentQueue<(Document Document, SendingOutcome Outcome)> _ends = new();
    private readonly ConcurrentQueue<RequestTrace> _traces = new();
    private readonly ConcurrentQueue<string> _words = new();
    private readonly int _throttle;

    public Night(
        NanonetsClient client, IUploadJournal journal, IJournalRun run, SendingOptions options, int throttle, bool isDurable = true)
    {
        (_client, _journal, _run, _throttle, IsDurable) = (client, journal, run, throttle, isDurable);
        _slots = new SemaphoreSlim(throttle);
        Run = new Sender(new SendingContext
        {
            Client = client,
            JournalLocation = journal.Location,
            IsDurable = isDurable,
            Run = run,
            Options = options,
            Log = this,
            Observer = this,
            Stop = Cancel.Token,
        });
    }

    public bool IsDurable { get; }

    public Sender Run { get; }

    public SendingTally Tally => Run.Tally;

    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>Whether the journal's disk is full.</summary>
    public bool IsDiskFull
    {
        get => ((WatchedJournal)_journal).IsFull;
        set => ((WatchedJournal)_journal).IsFull = value;
    }

    /// <summary>Called before the first byte of a document leaves.</summary>
    public Action<Document>? OnBegan { get; set; }

    /// <summary>Called with each piece of a body that leaves.</summary>
    public Action<long>? OnBytes { get; set; }

    /// <summary>The consumer downstream: the sender waits for it.</summary>
    public Func<Document, SendingOutcome, Task>? Consumer { get; set; }

    public IReadOnlyList<(Document Document, SendingOutcome Outcome)> Ends => [.. _ends];

    public IReadOnlyList<RequestTrace> Traces => [.. _traces];

    /// <summary>Everything that was said to anybody.</summary>
    public IReadOnlyList<string> Words => [.. _words];

    public List<string> Warnings { get; } = [];

    public SendingOutcome Of(UploadSource source) => Assert.Single(_ends, end => end.Document.Source == source).Outcome;

    public int Count(params SendingEnd[] ends) => ends.Sum(end => Tally[end]);

    /// <summary>Sends to the end.</summary>
    public async Task RunAsync(IEnumerable<SendRequest> jobs)
    {
        var running = new List<Task>();
        foreach (SendRequest job in jobs)
        {
            await _slots.WaitAsync();
            running.Add(Run.SendAsync(job, Run.HandOver(this, this)));
        }

        Run.InputEnded();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (Cancel.IsCancellationRequested)
        {
            // Documents that had not begun have no outcome then.
        }

        Assert.Equal(_throttle, _slots.CurrentCount);
    }

    /// <summary>Lets go of what it claimed, as the end of a cmdlet does.</summary>
    public void Dispose()
    {
        Run.Close();
        _run.Dispose();
        _journal.Dispose();
        _client.Dispose();
        _slots.Dispose();
        Cancel.Dispose();
    }

    public Task TakeAsync(CancellationToken cancellationToken) => _slots.WaitAsync(cancellationToken);

    public void Release() => _slots.Release();

    public void Began(Document document) => OnBegan?.Invoke(document);

    public async Task SettledAsync(Document document, SendingOutcome outcome)
    {
        _ends.Enqueue((document, outcome));
        _words.Enqueue($"{document.Source}: {outcome.End} {outcome.RequestFileId} {outcome.Error?.Message} "
            + $"{outcome.Error?.Advice} {outcome.Error}");
        if (Consumer is { } consumer)
            await consumer(document, outcome);
    }

    public void Verbose(string text) => _words.Enqueue(text);

    public void Warn(string text)
    {
        _words.Enqueue(text);
        lock (Warnings)
            Warnings.Add(text);
    }

    public void RequestCompleted(RequestTrace trace)
    {
        _traces.Enqueue(trace);
        _words.Enqueue($"{trace.Method} {trace.Target} {trace.StatusCode} {trace.ReasonPhrase} {trace.Failure} "
            + string.Join(" ", trace.RequestHeaders.Concat(trace.ResponseHeaders).Select(header => header.ToString())));
    }

    public void BodyBytesSent(long delta) => OnBytes?.Invoke(delta);
}
