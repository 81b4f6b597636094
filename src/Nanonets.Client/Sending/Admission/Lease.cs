using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Uploading;

namespace Nanonets.Sending.Admission;

/// <summary>
/// The right to make one request: its pages of the model's window and of the budget, and its place in the breaker. Told what the request
/// proved, once; what is not told by the time it is disposed of is given back.
/// </summary>
internal sealed class Lease(AdmissionControl control, PagePace pace, PageReservation reservation) : IAsyncDisposable
{
    private bool _isTold;

    /// <summary>Tells what the request proved.</summary>
    /// <returns>What a refusal for the number of pages means; null when there was none.</returns>
    public async Task<RateLimit?> TellAsync(IReadOnlyList<UploadOutcome> outcomes)
    {
        _isTold = true;
        control.Told(reservation.Pages, outcomes);
        UploadOutcome[] accepted = [.. outcomes.Where(static outcome => outcome.Class == UploadClass.Accepted)];
        if (accepted.Length > 0)
        {
            int pages = accepted.Length == outcomes.Count ? PagesOf(accepted) : reservation.Pages;
            return await control.TellAsync<RateLimit?>(
                pace, (window, now) => { window.Accepted(reservation, pages, now); return null; }).ConfigureAwait(false);
        }

        if (outcomes.Any(static outcome => outcome.Class == UploadClass.Ambiguous))
            return await control.TellAsync<RateLimit?>(
                pace, (window, now) => { window.Unknown(reservation, now); return null; }).ConfigureAwait(false);
        if (outcomes.FirstOrDefault(static outcome => outcome.Error?.ErrorId == NanonetsErrorId.RateLimited) is { } refused)
            return await control.TellAsync<RateLimit?>(
                pace, (window, now) => window.Refused(reservation, refused.Error!.RetryAfter, now)).ConfigureAwait(false);
        await ReturnAsync().ConfigureAwait(false);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isTold)
            return;

        _isTold = true;
        control.Left(reservation.Pages);
        await ReturnAsync().ConfigureAwait(false);
    }

    /// <summary>Pages that the service counted.</summary>
    public static int PagesOf(IReadOnlyList<UploadOutcome> outcomes) =>
        outcomes.Sum(static outcome => Math.Max(outcome.Pages.Length, outcome.TextPages.Length));

    private Task<bool> ReturnAsync() => control.TellAsync(pace, (window, _) => { window.Returned(reservation); return true; });
}
