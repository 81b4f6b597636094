using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Errors;

namespace Nanonets.Sending;

/// <summary>
/// All uploads of one cmdlet invocation. What dooms every further request (key rejected, quota used up, unknown model, no
/// connection) starts no further upload, lets those in flight settle and come out, and ends in one error with all unsent files.
/// </summary>
internal sealed class UploadRun(
    PipelineWriter writer, ConcurrentWorker worker, NanonetsClient client, IRequestObserver observer, UploadProgress progress, CancellationToken stop)
{
    private readonly InFlightUploads _inFlight = new();
    private readonly List<FileInfo> _unsent = [];
    private NanonetsException? _doom;
    private volatile bool _anySent;
    private volatile bool _closed;

    /// <summary>Results leave in the order of the input.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether no further upload can succeed.</summary>
    public bool IsDoomed => Volatile.Read(ref _doom) is not null;

    /// <summary>Whether the run can end at once: doomed, nothing in flight, and nothing was accepted or may have been.</summary>
    public bool IsHopeless => IsDoomed && !_anySent && worker.IsIdle;

    /// <summary>Pipeline thread: sends a batch as soon as a slot is free.</summary>
    public void Start(UploadBatch batch) => worker.Start(previous => SendAsync(batch, previous));

    /// <summary>Files that came after the run was doomed.</summary>
    public void Skip(FileInfo file)
    {
        lock (_unsent)
            _unsent.Add(file);
    }

    /// <summary>The one error of a doomed run; its target is what was not sent. Null when the run is not doomed.</summary>
    public ErrorRecord? DoomError()
    {
        if (Volatile.Read(ref _doom) is not { } doom)
            return null;

        FileInfo[] unsent;
        lock (_unsent)
            unsent = [.. _unsent];
        return ErrorTable.From(doom, $"{doom.Message} Not sent: {FileCount(unsent.Length)}.", unsent.Length == 1 ? unsent[0] : unsent);
    }

    /// <summary>
    /// On the way out: starts nothing more and waits for outcomes.
    /// </summary>
    /// <returns>What was cut off, as a sentence; null when nothing can have been lost.</returns>
    public string? Close(TimeSpan limit)
    {
        _closed = true;
        _inFlight.Settle(limit);
        return _inFlight.Describe();
    }

    private async Task SendAsync(UploadBatch batch, Task previous)
    {
        if (_closed || IsDoomed)
        {
            foreach (FileInfo file in batch.Files)
                Skip(file);
            return;
        }

        Task<IReadOnlyList<FileUploadOutcome>> upload = client.UploadAsync(batch.ToRequest(), observer, stop);
        _inFlight.Begin(batch.Files, upload);
        IReadOnlyList<FileUploadOutcome> outcomes = await upload.ConfigureAwait(false);
        var results = batch.Files.Zip(outcomes, static (file, outcome) => (File: file, Outcome: outcome)).ToList();
        foreach ((FileInfo file, FileUploadOutcome outcome) in results)
            Settle(file, outcome);
        _inFlight.End(upload);

        // Not for its result: how the work before ended is reported by that work itself.
        if (Ordered)
            await Task.WhenAny(previous).ConfigureAwait(false);
        foreach ((FileInfo file, FileUploadOutcome outcome) in results)
            await PassOnAsync(file, outcome).ConfigureAwait(false);
    }

    private void Settle(FileInfo file, FileUploadOutcome outcome)
    {
        _inFlight.Settled(file, outcome);
        _anySent |= outcome.Class is UploadClass.Accepted or UploadClass.Ambiguous;
        progress.DocumentDone();
        if (!Dooms(outcome))
            return;

        Interlocked.CompareExchange(ref _doom, outcome.Error, null);
        Skip(file);
    }

    private async Task PassOnAsync(FileInfo file, FileUploadOutcome outcome)
    {
        stop.ThrowIfCancellationRequested();
        if (outcome.Class == UploadClass.Accepted)
            await writer.WriteObjectsAsync(outcome.Pages).ConfigureAwait(false);
        else if (!Dooms(outcome))
            await writer.WriteErrorAsync(ErrorTable.From(outcome.Error!, file)).ConfigureAwait(false);
        _inFlight.PassedOn(file);
    }

    private static bool Dooms(FileUploadOutcome outcome) =>
        outcome.Class is UploadClass.NotSent or UploadClass.Refused && outcome.Error is { DoomsRun: true };

    private static string FileCount(int count) => count == 1 ? "1 file" : $"{count} files";
}
