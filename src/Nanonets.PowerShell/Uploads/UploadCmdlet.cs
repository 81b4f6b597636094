using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Display;
using Nanonets.Documents;
using Nanonets.Errors;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sessions;

namespace Nanonets.Uploads;

/// <summary>
/// Base of the cmdlets that upload through the sender: checks each document, groups documents into requests, starts them, and ends as the
/// pipeline does. What a cmdlet sends, and how, it says by <see cref="NewRequest"/> and <see cref="NewOptions"/>.
/// </summary>
public abstract class UploadCmdlet : DocumentCmdlet
{
    /// <summary>Ctrl+C must return the prompt within half a second: this much of it may go into learning outcomes.</summary>
    private static readonly TimeSpan s_settleAfterStop = TimeSpan.FromMilliseconds(250);

    /// <summary>An error that stops the script leaves time to learn what became of uploads that are paid for.</summary>
    private static readonly TimeSpan s_settleAfterError = TimeSpan.FromSeconds(30);

    private static readonly string[] s_summaryTags = ["NanonetsSummary"];

    private readonly UploadProgress _progress = new();
    private ConcurrentWorker? _worker;
    private CmdletRun? _run;
    private SendRequest? _request;
    private UploadForecast? _forecast;

    /// <summary>How many requests run at once. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>Full path of the journal; null for none.</summary>
    private protected virtual JournalLocation? JournalInUse => null;

    /// <summary>How many documents may share a request.</summary>
    private protected virtual int MostInRequest => 1;

    /// <summary>Whether pages are counted or estimated before a document is sent.</summary>
    private protected virtual bool CountsPages => false;

    /// <summary>The most pages that the run may use; null for no limit.</summary>
    private protected virtual int? MostPages => null;

    /// <summary>An empty request with the values that the current input is sent with.</summary>
    private protected abstract SendRequest NewRequest();

    /// <summary>How the run sends. Called once, before the first document.</summary>
    private protected abstract SendingOptions NewOptions(SendRequest first);

    /// <summary>Pages of a document, counted where that is cheap, else estimated.</summary>
    private protected virtual int PagesOf(Document document) => PageEstimate.Of(document.Source);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _worker = new ConcurrentWorker(Pump, ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (Document document in Documents())
            Accept(document, NewRequest());

        Pump.RunReady();
        OnTick();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _progress.InputEnded = true;
        Flush();
        if (_forecast is { IsEmpty: false })
            ShouldProcess(_forecast.ToString(), null, null);
        if (_run is not { } run)
            return;

        run.InputEnded();
        _worker!.Drain();
        _progress.Complete(this);
        run.Dispose();
        ErrorRecord[] errors = run.StopErrors();

        // It ends the pipeline only when nothing was sent: cmdlets downstream would lose results that are paid for.
        if (errors.Length == 1 && run.IsInVain)
            ThrowTerminatingError(errors[0]);
        Array.ForEach(errors, Writer.WriteError);
        WriteInformation(run.Summary(Unfit), s_summaryTags);
    }

    private void Accept(Document document, SendRequest request)
    {
        // What comes after the run was stopped is not looked at, but taken all the same: the error names everything that was not sent.
        if (_run?.StopReasonFor(request.ModelId) is { } why)
            _run.Skip(document, why);
        else if (!IsNew(document, request) || !IsFit(document))
            return;
        else if (!Agrees(document, request))
            document.Source.Forget();
        else if (!CountsPages || TryCountPages(document))
            Add(document, request);
    }

    private void Add(Document document, SendRequest request)
    {
        _run ??= StartRun(request);
        _progress.AddDocument(document.Bytes ?? 0);
        if (_request is null || !_request.Suits(request) || !_request.TryAdd(document, MostInRequest))
        {
            Flush();
            request.TryAdd(document, MostInRequest);
            _request = request;
        }

        if (_request.IsFull(MostInRequest))
            Flush();
    }

    private bool Agrees(Document document, SendRequest request)
    {
        UploadFate fate = IsWhatIf ? FateOf(document, request) : UploadFate.Sent;
        string action = UploadForecast.Describe(fate, ShownPath.Of(document, SessionState));
        return ShouldProcess(
            action, $"{action}{(request.Call == UploadCall.FullText ? string.Empty : $" to model {request.ModelId}")}?", "Confirm");
    }

    private UploadFate FateOf(Document document, SendRequest request)
    {
        _forecast ??= new UploadForecast(JournalInUse, Session.BaseUri.ToString(), Session.PagesPerMinute, MostPages);
        UploadFate fate = UploadFate.Sent;
        if (TryCountPages(document))
            Try(document, () => Await(async stop => fate = await _forecast.AddAsync(document, request, stop).ConfigureAwait(false)));
        return fate;
    }

    /// <summary>Counts or estimates the pages of a document; one that cannot be read any more is an error of its own.</summary>
    private bool TryCountPages(Document document) => Try(document, () => document.Pages = PagesOf(document));

    private bool Try(Document document, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (NanonetsException unreadable)
        {
            Writer.WriteError(ErrorTable.From(unreadable, document.Target));
            return false;
        }
    }

    private CmdletRun StartRun(SendRequest first)
    {
        SendingOptions options = NewOptions(first);
        try
        {
            return new CmdletRun(Session.Client, JournalInUse, options, Requests, Writer, _worker!, _progress, StopToken);
        }
        catch (NanonetsException unusable)
        {
            ThrowTerminatingError(ErrorTable.From(unusable, JournalInUse?.Name));
            throw;
        }
    }

    private void Flush()
    {
        if (_request is { } request)
            _run!.Start(request);
        _request = null;
    }

    private protected override RequestStreams CreateRequestStreams() => new(Writer, _progress);

    private protected override void OnTick() => _progress.Refresh(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bool failed = Writer.StoppedByError && !IsStopped;
        string? settled = failed ? _run?.Close(s_settleAfterError) : null;
        base.Dispose(disposing);
        string? lost = failed ? settled : _run?.Close(s_settleAfterStop);

        _run?.Dispose();
        _forecast?.Dispose();
        WarnOnTheWayOut(lost);
    }
}
