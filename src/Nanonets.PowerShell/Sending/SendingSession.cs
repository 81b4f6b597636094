using System;
using System.Threading;
using Nanonets.Async;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>A run of the core with its journal: the file that was asked for, else one in memory.</summary>
internal sealed class SendingSession : IDisposable, ISendingLog
{
    private readonly PipelineWriter _writer;
    private readonly IUploadJournal _journal;
    private readonly IJournalRun _run;
    private bool _disposed;

    /// <exception cref="NanonetsException">The journal cannot be used.</exception>
    public SendingSession(NanonetsClient client, string? journalPath, SendingOptions options, IRequestObserver observer, PipelineWriter writer, CancellationToken stop)
    {
        _writer = writer;
        JournalPath = journalPath;
        _journal = journalPath is null ? new MemoryJournal() : JournalLoader.Library.Open(journalPath);
        try
        {
            _run = _journal.StartRunAsync(stop).GetAwaiter().GetResult();
        }
        catch (NanonetsException)
        {
            _journal.Dispose();
            throw;
        }

        Run = new SendingRun(new SendingContext
        {
            Client = client,
            Journal = _journal,
            IsDurable = journalPath is not null,
            Run = _run,
            Options = options,
            Log = this,
            Observer = observer,
            Stop = stop,
        });
    }

    public string? JournalPath { get; }

    public bool IsDurable => JournalPath is not null;

    public SendingRun Run { get; }

    public void Verbose(string text) => _writer.Verbose(text);

    public void Warn(string text) => _writer.Warn(text);

    /// <summary>Lets go of the claims: what is unsettled is the next run's.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        Run.Dispose();
        _run.Dispose();
        _journal.Dispose();
    }
}
