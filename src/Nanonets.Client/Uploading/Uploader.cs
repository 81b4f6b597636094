using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Uploading;

/// <summary>
/// Sends an upload and says what is proven for each of its files. Only what provably never arrived is tried again; a file that fails
/// by itself leaves the request and the others go on.
/// </summary>
internal sealed class Uploader(ApiTransport transport, UploadRequest request, IRequestObserver? observer)
{
    /// <summary>A waiting upload answers when the document is read; clients wait up to five minutes (seen in client code).</summary>
    private static readonly TimeSpan s_patienceWhenWaiting = TimeSpan.FromSeconds(600);

    /// <summary>In the order of the request; null while nothing is proven of a file.</summary>
    private readonly UploadOutcome?[] _outcomes = new UploadOutcome?[request.Sources.Count];
    private int _attempt;

    public async Task<IReadOnlyList<UploadOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        while (OpenRest() is { Count: > 0 } files)
        {

            _attempt++;
            try
            {
                if (await TryAsync(files, failures < transport.MaximumRetryCount, cancellationToken).ConfigureAwait(false) is not { } retryAfter)
                    continue;

                failures++;
                await transport.Clock.Delay(retryAfter, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Only the delay throws, and it follows a try that provably did not arrive.
                Settle(files, UploadClass.NotSent, new NanonetsException(NanonetsErrorId.OperationCanceled, "The upload was cancelled before it was sent."));
            }
            finally
            {
                foreach (OpenedSource file in files)
                    file.Dispose();
            }
        }

        return _outcomes!;
    }

    /// <summary>Makes one try.</summary>
    /// <returns>How long to wait before the next one; null when files were settled.</returns>
    private async Task<TimeSpan?> TryAsync(List<OpenedSource> files, bool mayRetry, CancellationToken cancellationToken)
    {
        using var content = new UploadContent(UploadBody.Of(request, files), observer);
        TryResult result = await transport.TryAsync(
            HttpMethod.Post, request.Target(), content, request.IsQueued ? TimeSpan.Zero : s_patienceWhenWaiting, _attempt, cancellationToken).ConfigureAwait(false);

        TimeSpan? delay = null;
        if (result.Answer is { IsSuccess: true } answer)
            SettleAccepted(files, answer, content.LastByteHandedOver);
        else if (result.Answer is { } refusal && (Refusal.IsProven(refusal) || !content.LastByteHandedOver))
            Settle(files, Refusal.IsProven(refusal) ? UploadClass.Refused : UploadClass.NotSent, Refusal.Explain(refusal, Subject(files), _attempt));
        else if (content.LastByteHandedOver)
            Settle(files, UploadClass.Ambiguous, Ambiguous(files, result));
        else if (content.SourceFailure is { } source)
            Settle([files.Single(file => file.Source == source.UploadSource)], UploadClass.NotSent, source.ToException());
        else if (mayRetry && result.Failure!.ErrorId is NanonetsErrorId.ConnectionFailed or NanonetsErrorId.RequestTimedOut)
            delay = transport.RetryDelay.After(_attempt, null);
        else
            Settle(files, UploadClass.NotSent, result.Failure!);

        if (!content.LastByteHandedOver)
            content.TakeBackBytes();
        result.Trace.RetryDelay = delay;
        observer?.RequestCompleted(result.Trace);
        return delay;
    }

    private void SettleAccepted(List<OpenedSource> files, ApiAnswer answer, bool handedOver)
    {
        UploadAnswer read = UploadAnswer.Read(answer.Json(), request, files.ConvertAll(static file => file.Source));
        foreach (OpenedSource file in files)
        {
            if (read.Accepted(file.Source, _attempt) is { } accepted)
                SettleAccepted(accepted);
            else if (handedOver && read.IsNotFetched(file.Source))
                Settle([file], UploadClass.Refused, NotFetched(file.Source, answer));
            else
                Settle([file], handedOver ? UploadClass.Ambiguous : UploadClass.NotSent, Ambiguous([file], new TryResult(new RequestTrace(), answer, null)));
        }
    }

    private void SettleAccepted(UploadOutcome accepted)
    {
        foreach (PageResult page in accepted.Pages)
            page.AcceptedAt = transport.Clock.Elapsed;
        Settle(accepted);
    }

    private NanonetsException NotFetched(UploadSource source, ApiAnswer answer) =>
        new(NanonetsErrorId.AddressNotFetched, $"The service could not fetch '{source}'. (HTTP {answer.StatusCode}.)")
        {
            StatusCode = answer.StatusCode,
            Attempts = _attempt,
        };

    private NanonetsException Ambiguous(List<OpenedSource> files, TryResult result)
    {
        string how = result.Answer is { IsSuccess: true } ? "the answer does not name it"
            : result.Answer is { } answer ? $"the answer was HTTP {answer.StatusCode} {answer.ReasonPhrase}".TrimEnd()
            : result.Failure!.ErrorId == NanonetsErrorId.OperationCanceled ? "the upload was cancelled before an answer came"
            : PlainText.OneLine(result.Failure.Message).TrimEnd('.');
        NanonetsErrorId id = result.Failure?.ErrorId == NanonetsErrorId.OperationCanceled ? NanonetsErrorId.OperationCanceled : NanonetsErrorId.UploadAmbiguous;
        return new NanonetsException(
            id,
            $"{Subject(files).Document} was sent completely, but it is not known whether it was accepted and billed: {how}.",
            result.Failure)
        {
            StatusCode = result.Answer?.StatusCode,
            Attempts = _attempt,
        };
    }

    private List<OpenedSource> OpenRest()
    {
        var opened = new List<OpenedSource>();
        for (int i = 0; i < _outcomes.Length; i++)
        {
            if (_outcomes[i] is not null)
                continue;

            UploadSource file = request.Sources[i];
            try
            {
                opened.Add(file.Open());
            }
            catch (NanonetsException failure)
            {
                _outcomes[i] = new UploadOutcome(file, UploadClass.NotSent, _attempt, failure);
            }
        }

        return opened;
    }

    private void Settle(IEnumerable<OpenedSource> files, UploadClass @class, NanonetsException error)
    {
        foreach (OpenedSource file in files)
            Settle(new UploadOutcome(file.Source, @class, _attempt, error));
    }

    private void Settle(UploadOutcome outcome)
    {
        for (int i = 0; i < _outcomes.Length; i++)
        {
            if (request.Sources[i] == outcome.Source)
                _outcomes[i] = outcome;
        }
    }

    private RequestSubject Subject(List<OpenedSource> files) =>
        new(request.ModelId, Document: files.Count == 1 ? $"'{files[0].Source.FileName}'" : $"one of '{string.Join("', '", files.Select(static file => file.Source.FileName))}'");
}
