using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Uploading;

/// <summary>
/// Exactly one HTTP request for some documents, and what it proves about each of them. Whether anything is tried again is not decided here.
/// </summary>
/// <param name="attempt">Which attempt it is, from 1; for messages.</param>
/// <param name="confirmation">Asked before the last bytes leave; null where there is nothing to ask.</param>
internal sealed class UploadPost(
    ApiTransport transport, SendRequest request, int attempt, ClaimConfirmation? confirmation, IRequestObserver? observer)
{
    /// <summary>A waiting upload answers when the document is read; clients wait up to five minutes (seen in client code).</summary>
    private static readonly TimeSpan s_patienceWhenWaiting = TimeSpan.FromSeconds(600);

    private readonly Dictionary<Document, UploadOutcome> _outcomes = [];

    /// <param name="documents">Documents of the request.</param>
    /// <param name="metadata">The metadata as it is sent.</param>
    /// <param name="cancellationToken">Cancels; an upload whose body was complete is then ambiguous.</param>
    /// <returns>An outcome for each document, in their order.</returns>
    public async Task<UploadOutcome[]> SendAsync(IReadOnlyList<Document> documents, string? metadata, CancellationToken cancellationToken)
    {
        List<(Document Document, OpenedSource Opened)> files = OpenAll(documents);
        try
        {
            if (files.Count > 0)
                await SendAsync(files, metadata, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach ((Document _, OpenedSource opened) in files)
                opened.Dispose();
        }

        return [.. documents.Select(document => _outcomes[document])];
    }

    private async Task SendAsync(
        List<(Document Document, OpenedSource Opened)> files, string? metadata, CancellationToken cancellationToken)
    {
        Document[] documents = [.. files.Select(static file => file.Document)];
        using var content = new UploadContent(UploadBody.Of(request, metadata, [.. files.Select(static file => file.Opened)]), observer)
        {
            Confirmation = confirmation,
        };
        TryResult result = await transport.TryAsync(
            HttpMethod.Post, request.Target(), content, request.IsQueued ? TimeSpan.Zero : s_patienceWhenWaiting, attempt,
            cancellationToken).ConfigureAwait(false);

        if (result.Answer is { IsSuccess: true } answer)
            SettleAccepted(documents, answer, content.LastByteHandedOver);
        else if (result.Answer is { } refusal && (Refusal.IsProven(refusal) || !content.LastByteHandedOver))
            Settle(documents, Refusal.IsProven(refusal) ? UploadClass.Refused : UploadClass.NotSent,
                Refusal.Explain(refusal, Subject(documents), attempt));
        else if (content.LastByteHandedOver)
            Settle(documents, UploadClass.Ambiguous, Ambiguous(documents, result));
        else if (content.SourceFailure is { } source)
            SettleSourceFailure(documents, source);
        else
            Settle(documents, UploadClass.NotSent, content.OwnFailure ?? result.Failure!);

        if (!content.LastByteHandedOver)
            content.TakeBackBytes();
        observer?.RequestCompleted(result.Trace);
    }

    private List<(Document Document, OpenedSource Opened)> OpenAll(IReadOnlyList<Document> documents)
    {
        var opened = new List<(Document, OpenedSource)>(documents.Count);
        foreach (Document document in documents)
        {
            try
            {
                opened.Add((document, document.Source.Open()));
            }
            catch (NanonetsException failure)
            {
                _outcomes[document] = new UploadOutcome(document, UploadClass.NotSent, failure);
            }
        }

        return opened;
    }

    private void SettleAccepted(Document[] documents, ApiAnswer answer, bool handedOver)
    {
        UploadAnswer read = UploadAnswer.Read(answer.Json(), request, [.. documents.Select(static document => document.Source)]);
        foreach (Document document in documents)
        {
            if (read.Accepted(document) is { } accepted)
                SettleAccepted(accepted);
            else if (handedOver && read.IsNotFetched(document.Source))
                Settle([document], UploadClass.Refused, NotFetched(document, answer));
            else
                Settle([document], handedOver ? UploadClass.Ambiguous : UploadClass.NotSent,
                    Ambiguous([document], new TryResult(new RequestTrace(), answer, null)));
        }
    }

    private void SettleAccepted(UploadOutcome accepted)
    {
        foreach (PageResult page in accepted.Pages)
            page.AcceptedAt = transport.Clock.Elapsed;
        _outcomes[accepted.Document] = accepted;
    }

    /// <summary>A document that fails by itself says nothing of those that travelled with it.</summary>
    private void SettleSourceFailure(Document[] documents, SourceFailure failure)
    {
        foreach (Document document in documents)
        {
            NanonetsException? own = document.Source == failure.UploadSource ? failure.ToException() : null;
            _outcomes[document] = new UploadOutcome(document, UploadClass.NotSent, own) { WasPosted = true };
        }
    }

    private NanonetsException NotFetched(Document document, ApiAnswer answer) =>
        new(NanonetsErrorId.AddressNotFetched, $"The service could not fetch '{document}' (HTTP {answer.StatusCode}).")
        {
            StatusCode = answer.StatusCode,
            Attempts = attempt,
        };

    private NanonetsException Ambiguous(Document[] documents, TryResult result)
    {
        string how = result.Answer is { IsSuccess: true } ? "the answer does not mention it"
            : result.Answer is { } answer ? $"the answer was HTTP {answer.StatusCode} {answer.ReasonPhrase}".TrimEnd()
            : result.Failure!.ErrorId == NanonetsErrorId.OperationCanceled ? "the upload was cancelled before an answer came"
            : PlainText.OneLine(result.Failure.Message).TrimEnd('.');
        NanonetsErrorId id = result.Failure?.ErrorId == NanonetsErrorId.OperationCanceled
            ? NanonetsErrorId.OperationCanceled
            : NanonetsErrorId.UploadAmbiguous;
        return new NanonetsException(
            id,
            $"{Subject(documents).Document} was sent completely and may have been accepted and billed: {how}.",
            result.Failure)
        {
            StatusCode = result.Answer?.StatusCode,
            Attempts = attempt,
        };
    }

    private void Settle(Document[] documents, UploadClass @class, NanonetsException error)
    {
        foreach (Document document in documents)
            _outcomes[document] = new UploadOutcome(document, @class, error) { WasPosted = true };
    }

    private RequestSubject Subject(Document[] documents) => new(
        request.ModelId,
        Document: documents.Length == 1 ? $"'{documents[0].Source.FileName}'"
            : $"one of '{string.Join("', '", documents.Select(static document => document.Source.FileName))}'");
}
