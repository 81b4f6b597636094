using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Listing;

namespace Nanonets.Waiting;

/// <summary>
/// Looks many pending files up in one listing of their days, in place of a question about each. The listing is trusted only for "still
/// pending"; whether a file is finished is decided by its own GET. Used while it is cheaper: a day may hold far more than what is waited
/// for. Its watch calls it for one listing at a time.
/// </summary>
internal sealed class PendingListing(NanonetsClient client, string modelId, IRequestObserver? observer)
{
    /// <summary>Fewer are asked for one by one; of more a few questions tell as much as a listing of all.</summary>
    private const int FewestFiles = 20;

    /// <summary>So many questions, to be put now or put in vain before, are dearer than a listing.</summary>
    private const int ManyQuestions = 8;
    private const int MostFiles = 500;

    /// <summary>
    /// Not used any more when it lists more pages for each page that is waited for, has taken more characters in all, or takes longer.
    /// </summary>
    private const int MostPagesForOne = 4;
    private const long MostCharacters = 32 * 1024 * 1024;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>The service is busy with listings for no more than one in so many parts of the time.</summary>
    private const int Pause = 5;
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMinutes(1);

    private TimeSpan _notBefore;
    private long _characters;
    private bool _isOff;

    private Clock Clock => client.Clock;

    /// <summary>Whether a listing is cheaper than a question about each file that is due.</summary>
    /// <param name="due">How many are due.</param>
    /// <param name="inVain">How many questions were put in vain since the last listing.</param>
    /// <param name="waiting">How many are waited for.</param>
    /// <param name="isKnown">Whether it is known how long the model takes; else many would have to be asked for to find out.</param>
    public bool IsWorthIt(int due, int inVain, int waiting, bool isKnown, TimeSpan now) =>
        !_isOff && waiting is >= FewestFiles and <= MostFiles && (!isKnown || due >= ManyQuestions || inVain >= ManyQuestions)
            && now >= _notBefore;

    /// <summary>Lists the days of the files.</summary>
    /// <param name="files">Files of known age.</param>
    /// <param name="pages">How many pages are waited for in all.</param>
    /// <returns>The ids of those that are still pending.</returns>
    public async Task<HashSet<string>> ListAsync(IReadOnlyList<WaitedFile> files, int pages, CancellationToken cancellationToken)
    {
        TimeSpan began = Clock.Elapsed;
        var states = new Dictionary<string, State>(StringComparer.Ordinal);
        int most = MostPagesForOne * Math.Max(pages, files.Count);
        int listed = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan pause = TimeSpan.Zero;
        try
        {
            DateTimeOffset now = client.ServerNow;
            TimeSpan oldest = files.Max(file => file.AgeAt(began));
            using IDisposable alarm = Clock.Alarm(s_longest, enough.Cancel);
            await client.ListPagesAsync(modelId, EpochDay.Of(now - oldest), EpochDay.Of(now), Take, observer, enough.Token)
                .ConfigureAwait(false);

            // A service that does not list what it has queued tells nothing here.
            _isOff |= files.Count(file => states.ContainsKey(file.RequestFileId)) < files.Count / 2;
        }
        catch (Exception failure) when (failure is TooDear or OperationCanceledException)
        {
            _isOff = true;
        }
        catch (NanonetsException)
        {
            // The verbose stream has it. Each file is asked for by itself for a while; what was listed before is good.
            pause = s_afterFailure;
        }

        TimeSpan ended = Clock.Elapsed;
        _notBefore = ended + pause + TimeSpan.FromTicks((ended - began).Ticks * (Pause - 1));
        return [.. files.Where(IsPending).Select(static file => file.RequestFileId)];

        bool IsPending(WaitedFile file) =>
            states.TryGetValue(file.RequestFileId, out State state) && (state.Pending > 0 || state.Pages < file.Pages);

        Task Take(IReadOnlyList<PageResult> found)
        {
            foreach (PageResult page in found)
            {
                _characters += page.Raw.Length;
                if (page.RequestFileId is not { } id)
                    continue;
                states.TryGetValue(id, out State state);
                states[id] = new State(state.Pages + 1, state.Pending + (page.IsFinished ? 0 : 1));
            }

            listed += found.Count;
            return listed > most || _characters > MostCharacters ? throw new TooDear() : Task.CompletedTask;
        }
    }

    private readonly record struct State(int Pages, int Pending);

    private sealed class TooDear : Exception;
}
