using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Journaling;

/// <summary>
/// The word of a journal, just before the last bytes of an upload leave, that the run's claims are still its own. It is needed where a
/// claim can pass on while the process of its run is there: paused, asleep with its machine, or cut off from the journal. Only a young word
/// counts, by a clock that goes on while all of that happens.
/// </summary>
internal sealed class ClaimConfirmation(IJournalRun run, Clock clock)
{
    /// <summary>
    /// How long a word counts. Who takes a claim over waits many times longer before anything is sent again: see
    /// <see cref="IJournalRun.ClaimsPassOn"/>.
    /// </summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private const int MostAsked = 3;

    private TimeSpan? _asked;

    /// <summary>Whether the journal's word counts now.</summary>
    public bool IsYoung => clock.ElapsedWithSleep - _asked < Life;

    /// <summary>Asks the journal, again where its answer took too long.</summary>
    /// <exception cref="NanonetsException">JournalUnavailable: the claims have passed on, or it cannot be known.</exception>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        for (int asked = 0; asked < MostAsked && !IsYoung; asked++)
        {
            // Not from the moment of the answer: it may have been long on its way.
            TimeSpan now = clock.ElapsedWithSleep;
            await run.ConfirmClaimsAsync(cancellationToken).ConfigureAwait(false);
            _asked = now;
        }
    }

    /// <summary>Why an upload whose claim is not confirmed does not leave.</summary>
    public static NanonetsException TooOld() => new(
        NanonetsErrorId.JournalUnavailable,
        $"The journal took longer than {Life.TotalSeconds:0} s to confirm that no other run has taken the document over. It was not sent.");
}
