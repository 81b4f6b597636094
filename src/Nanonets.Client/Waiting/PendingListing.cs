using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Listing;
using Nanonets.Sending;

namespace Nanonets.Waiting;

/// <summary>
/// Looks many pending files up in one listing of their days, in place of a question about each. Only that a file is still pending is believed: that it is finished, its own answer has to
/// say. Used while it is cheaper: a day may hold far more than what is waited for.
/// </summary>
internal sealed class PendingListing(NanonetsClient client, string modelId, RequestPacer pacer, IRequestObserver? observer)
{
    /// <summary>So many must be waited for, and a file must have been asked for so often.</summary>
    private const int FewestFiles = 20;
    private const int FewestQuestions = 2;

    /// <summary>Not used any more when it lists more pages for each page that is waited for, takes more bytes, or longer.</summary>
    private const int MostPagesForOne = 4;
    private const long MostCharacters = 32 * 1024 * 1024;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>At most one in this time.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    /// <summary>For so long its word is good.</summary>
    private static readonly TimeSpan s_valid = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private Announcement<Dictionary<string, State>>? _latest;
    private TimeSpan _began;
    private TimeSpan? _ended;
    private bool _isOff;

    private Clock Clock => client.Clock;

    /// <summary>Whether a listing may be cheaper than a question about the file.</summary>
    /// <param name="waiting">How many are waited for.</param>
    public bool IsWorthIt(WaitedFile file, int waiting)
    {
        lock (_lock)
            return !_isOff && waiting >= FewestFiles && file.Asked >= FewestQuestions;
    }

    /// <summary>Whether the file is pending as far as a listing tells, a fresh one or one of this moment.</summary>
    public async Task<bool> IsPendingAsync(WaitedFile file, IReadOnlyList<WaitedFile> waiting, CancellationToken cancellationToken)
    {
        Announcement<Dictionary<string, State>> listing;
        bool begins;
        lock (_lock)
        {
            TimeSpan now = Clock.Elapsed;
            begins = _latest is null || now - _began >= s_interval;
            if (!begins && _ended is { } ended && now - ended > s_valid)
                return false;
            if (begins)
                (_began, _ended, _latest) = (now, null, new Announcement<Dictionary<string, State>>());
            listing = _latest!;
        }

        if (begins)
            _ = AnnounceAsync(listing, waiting, cancellationToken);
        return (await listing.WaitAsync().ConfigureAwait(false)).TryGetValue(file.RequestFileId, out State state) && (state.Pending > 0 || state.Pages < file.Pages);
    }

    private async Task AnnounceAsync(Announcement<Dictionary<string, State>> listing, IReadOnlyList<WaitedFile> waiting, CancellationToken cancellationToken)
    {
        Task<Dictionary<string, State>> work = ListAsync(waiting, cancellationToken);
        await Task.WhenAny(work).ConfigureAwait(false);
        listing.Say(work);
    }

    private async Task<Dictionary<string, State>> ListAsync(IReadOnlyList<WaitedFile> waiting, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, State>(StringComparer.Ordinal);
        int most = MostPagesForOne * waiting.Sum(static file => file.Pages ?? 1);
        int pages = 0;
        long characters = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await pacer.RunAsync(RequestAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is TooDear or OperationCanceledException)
        {
            lock (_lock)
                _isOff = true;
        }
        catch (NanonetsException)
        {
            // The verbose stream has it. Each file is asked for by itself, as without a listing; what was listed before is good.
        }
        finally
        {
            lock (_lock)
                _ended = Clock.Elapsed;
        }

        return states;

        async Task<PageListing> RequestAsync()
        {
            DateTimeOffset now = client.ServerNow;
            TimeSpan oldest = waiting.Max(file => file.AgeAt(Clock.Elapsed));
            using IDisposable alarm = Clock.Alarm(s_longest, enough.Cancel);
            return await client.ListPagesAsync(modelId, EpochDay.Of(now - oldest), EpochDay.Of(now), Take, observer, enough.Token).ConfigureAwait(false);
        }

        Task Take(IReadOnlyList<PageResult> found)
        {
            foreach (PageResult page in found)
            {
                characters += page.Raw.Length;
                if (page.RequestFileId is not { } id)
                    continue;
                states.TryGetValue(id, out State state);
                states[id] = new State(state.Pages + 1, state.Pending + (page.IsFinished ? 0 : 1));
            }

            pages += found.Count;
            return pages > most || characters > MostCharacters ? throw new TooDear() : Task.CompletedTask;
        }
    }

    private readonly record struct State(int Pages, int Pending);

    private sealed class TooDear : Exception;
}
