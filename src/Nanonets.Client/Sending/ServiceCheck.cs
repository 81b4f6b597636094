using System.Threading;
using System.Threading.Tasks;
using Nanonets.Sending.Admission;

namespace Nanonets.Sending;

/// <summary>A free GET that tells whether the service is there, and whether it knows key and model.</summary>
internal sealed class ServiceCheck(SendingContext context, AdmissionControl? admission = null)
{
    /// <summary>Before the first upload to a model.</summary>
    /// <exception cref="NanonetsException">No upload can succeed.</exception>
    public async Task CheckAsync(SendRequest request)
    {
        // The other calls have none of their own that tells of key and model for free.
        if (!request.LeavesFile || (context.Objection is null && context.Client.WasCheckedLately(request.ModelId)))
            return;

        try
        {
            NanonetsModel model = await context.Client.GetModelAsync(request.ModelId, context.Observer, context.Stop).ConfigureAwait(false);
            context.Client.NoteChecked(request.ModelId);
            if (context.Objection?.Invoke(model) is { } objection)
                throw objection;
        }
        catch (NanonetsException failure) when (!EndsRun(failure))
        {
            context.Log.Verbose(
                $"The service did not answer the check before the first upload to model {request.ModelId}: {failure.Message}");
            if (failure.ErrorId is NanonetsErrorId.ServiceUnavailable or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ConnectionFailed
                or NanonetsErrorId.TlsFailed)
                admission!.Breaker.Open();
        }
    }

    /// <summary>Whether the service answers at all: its own refusal shows that it is there.</summary>
    public async Task<bool> IsThereAsync(SendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NanonetsException failure)
        {
            return failure.ErrorId is not (
                NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut or NanonetsErrorId.ServiceUnavailable
                or NanonetsErrorId.InvalidResponse or NanonetsErrorId.TlsFailed);
        }
    }

    /// <summary>
    /// What goes to a model of another kind, or to none, asks for the list of models: their own calls tell nothing for free.
    /// </summary>
    private Task AskAsync(SendRequest request, CancellationToken cancellationToken) => request.LeavesFile
        ? context.Client.GetModelAsync(request.ModelId, context.Observer, cancellationToken)
        : context.Client.GetModelsAsync(context.Observer, cancellationToken);

    /// <summary>
    /// Once something was accepted, an unreachable service is an outage; before that it is a wrong address, and an answer that is none of
    /// the service's a login page.
    /// </summary>
    private bool EndsRun(NanonetsException failure) => failure.ErrorId switch
    {
        NanonetsErrorId.InvalidResponse or NanonetsErrorId.ConnectionFailed or NanonetsErrorId.TlsFailed => !admission!.HasAccepted,
        _ => failure.FatalFor != FatalFor.Document,
    };
}
