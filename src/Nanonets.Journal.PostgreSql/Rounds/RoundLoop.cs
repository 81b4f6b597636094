using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journal.PostgreSql.Serving;
using Nanonets.Journal.PostgreSql.Storage;
using Npgsql;

namespace Nanonets.Journal.PostgreSql.Rounds;

/// <summary>
/// Takes the changes that are waiting into a round: read together, computed one upon the other, written by one transaction. What meets a
/// change of another run is computed anew in the next round. A round whose end was not heard of is looked up before anything else.
/// </summary>
internal sealed class RoundLoop : IDisposable
{
    private const int MostTogether = 128;
    private const int Pauses = 3;

    private readonly Channel<Change> _queue = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<Guid> _unheard = [];
    private readonly Server _server;
    private readonly RunTicket? _ticket;
    private readonly OwnRows _own = new();
    private readonly RoundReader _reader;
    private readonly RoundWriter _writer;
    private readonly Task _work;

    /// <summary>Whether the last transaction was made, so that what it wrote is known.</summary>
    private bool _isKnown;

    /// <param name="server">The database.</param>
    /// <param name="clock">The clock of this machine.</param>
    /// <param name="ticket">The run that makes the changes; null for none.</param>
    public RoundLoop(Server server, Clock clock, RunTicket? ticket)
    {
        (_server, _ticket) = (server, ticket);
        (_reader, _writer) = (new RoundReader(server, clock), new RoundWriter(server));
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Makes a change; the task completes when it is written.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public Task<T> RunAsync<T>(
        Needs needs, Func<RoundRows, Func<T>> work, bool needsLife, CancellationToken cancellationToken) =>
        Queue(new Change<T>(work, cancellationToken) { Needs = needs, NeedsLife = needsLife }, cancellationToken);

    /// <summary>Proves to the database that the run lives, and to the run that its claims are its own.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable.</exception>
    public Task ProveAsync(CancellationToken cancellationToken) => Queue(
        new Change<bool>(static _ => static () => true, cancellationToken)
        {
            Needs = new Needs(),
            NeedsLife = true,
            IsProof = true,
        }, cancellationToken);

    /// <summary>Writes what is waiting.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _work.GetAwaiter().GetResult();
    }

    private Task<T> Queue<T>(Change<T> change, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(change), this);
        return change.Task;
    }

    private async Task WorkAsync()
    {
        var together = new List<Change>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (together.Count < MostTogether && _queue.Reader.TryRead(out Change? next))
            {
                if (!next.IsGivenUp())
                    together.Add(next);
            }

            try
            {
                await MakeAsync(together).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                // A fault of the program too is told to whoever waits.
                together.ForEach(change => change.Fail(failure));
            }

            together.Clear();

            // Whoever was waiting goes on elsewhere, and has the next change ready in a moment: it shall share the next round.
            for (int i = 0; i < Pauses; i++)
                await Task.Yield();
        }
    }

    /// <param name="open">What is left of it has not been told how it ended.</param>
    private async Task MakeAsync(List<Change> open)
    {
        var watch = Stopwatch.StartNew();
        int failures = 0;
        while (open.Count > 0)
        {
            try
            {
                NpgsqlConnection connection = await _server.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                    await MakeAsync(connection, open).ConfigureAwait(false);
                _server.IsBack();
            }
            catch (Exception failure) when (ServerFailure.Concerns(failure))
            {
                if (!await _server.MayTryAgainAsync(failure, failures++, watch.Elapsed, CancellationToken.None).ConfigureAwait(false))
                    throw ServerFailure.Explain(failure, _server.Location);
            }
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, List<Change> open)
    {
        RoundRows rows = await ReadAsync(connection, open).ConfigureAwait(false);
        if (_ticket is { HasEnded: true })
        {
            open.FindAll(static change => change.NeedsLife).ForEach(change => change.Fail(RunTicket.Ended(_server.Location)));
            open.RemoveAll(static change => change.NeedsLife);
        }

        if (open.Count == 0)
            return;

        bool isAlive = _ticket is { HasEnded: false };
        open.ForEach(change => change.Compute(rows));
        if (!open.Exists(static change => change.IsToBeWritten))
        {
            // That a window needs no writing is only true of one that was read.
            _isKnown = rows.IsRead || !rows.Windows.Any();
            CompleteAll(open, _ => _isKnown);
            return;
        }

        var transaction = Guid.NewGuid();
        _unheard.Add(transaction);
        RoundWriter.Written written = await _writer.WriteAsync(
            connection, isAlive ? _ticket!.Number : null, (_ticket?.RunId, _ticket?.Number), _ticket?.Transactions ?? 0, transaction, rows)
            .ConfigureAwait(false);
        if (!written.IsRunAlive)
        {
            // Why is seen by a read.
            _unheard.Remove(transaction);
            _isKnown = false;
            return;
        }

        _unheard.Clear();
        if (isAlive)
        {
            _ticket!.Made();
            _own.Learn(rows, written, _ticket.Number, transaction);
            _isKnown = true;
        }

        CompleteAll(open, change => change.IsWritten(
            row => !row.IsChanged || written.Entries.Contains(row), window => written.Windows.Contains(window.Target)));
    }

    /// <summary>Reads what is not known. After a transaction that was not heard of, or was refused, nothing is.</summary>
    private async Task<RoundRows> ReadAsync(NpgsqlConnection connection, List<Change> open)
    {
        _isKnown &= _unheard.Count == 0 && _ticket is { HasEnded: false };
        if (!_isKnown)
            _own.Clear();
        List<Needs> needs = _own.Unknown(open);
        RoundRows rows = _isKnown && needs.Count == 0
            ? new RoundRows()
            : await _reader.ReadAsync(connection, _ticket?.Number, needs).ConfigureAwait(false);
        if (rows.IsRead)
        {
            bool wasWritten = _ticket?.Judge(rows, _unheard) ?? true;
            if (_unheard.Count > 0 && wasWritten)
                CompleteAll(open, change => change.WasWritten(rows, _unheard));
        }

        _own.Fill(rows, open);
        return rows;
    }

    private static void CompleteAll(List<Change> open, Predicate<Change> isDone)
    {
        List<Change> done = open.FindAll(isDone);
        open.RemoveAll(done.Contains);
        done.ForEach(static change => change.Complete());
    }
}
