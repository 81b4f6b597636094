using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Errors;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Report;

namespace Nanonets.Inbox;

/// <summary>
/// The report of a pass. Its documents are read from the results that were filed: those that wait for their pictures take no memory, and
/// what goes wrong here is a warning and keeps none from being filed. It is made in a folder as a run has it, so that a later run takes
/// away what a killed one leaves.
/// </summary>
internal sealed class PassReport(
    InboxOptions options, NanonetsClient client, PipelinePump pump, PipelineWriter writer, IRequestObserver observer,
    CancellationToken stop) : IDisposable
{
    private readonly Queue<InboxDocument> _filed = new();
    private readonly ConcurrentWorker _worker = new(pump, ReportRun.PagesAtOnce);
    private RunFolder? _folder;
    private ReportRun? _run;
    private bool _isTaking;
    private bool _isHopeless;

    /// <summary>Any thread: a document has ended.</summary>
    public void Add(InboxDocument document)
    {
        if (document is { ResultPath: not null, PageCount: not null })
            pump.Post(() => _filed.Enqueue(document));
    }

    /// <summary>
    /// Pipeline thread: takes what was filed into the report. While a page waits for its turn the thread looks in here again, and is sent
    /// away: documents are taken one after the other.
    /// </summary>
    public void Take()
    {
        if (_isTaking)
            return;

        _isTaking = true;
        while (_filed.Count > 0)
            Take(_filed.Dequeue());
        _isTaking = false;
    }

    /// <summary>Pipeline thread: the pass is over, and its report gets its name.</summary>
    /// <returns>Where it is; null when nothing was read, or it could not be written.</returns>
    public string? Complete(InboxRun run)
    {
        Take();
        string? path = _run is null ? null : Place(_run, _folder!, RunFolder.StampOf(run.StartedAt));
        pump.RunReady();
        return path;
    }

    /// <summary>What is in the making is a later run's to take away.</summary>
    public void Dispose()
    {
        _worker.Settle(ReportRun.TimeToSettle);
        _run?.Dispose();
        _folder?.Dispose();
    }

    private void Take(InboxDocument document)
    {
        if (_isHopeless)
            return;

        try
        {
            _run ??= Begin();
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            _isHopeless = true;
            Warn(ErrorTable.FileNotWritten(options.Below(".nanonets"), failure));
            return;
        }

        try
        {
            foreach (PageResult page in PagesOf(document))
                _run.Add(page);
        }
        catch (Exception failure) when (failure is JsonException || DestinationFailure.Is(failure))
        {
            writer.Warn($"'{document.Input}' is not in the report: {failure.Message}");
        }
    }

    private ReportRun Begin()
    {
        _folder ??= RunFolder.Create(options.Below(".nanonets"), client.Clock.UtcNow);
        string title = $"Nanonets inbox {new DirectoryInfo(options.Inbox).Name}";
        var report = new ReportOptions(_folder.ReportPath, title, options.MinimumScore ?? 0, Overwrite: false);
        return new ReportRun(_worker, report, page => Warn(ErrorTable.ReportIncomplete(page)), stop)
        {
            Pictures = new PagePictures(Told, client, options.ModelId, observer, PictureSize.Compressed, stop),
        };
    }

    private string? Place(ReportRun report, RunFolder folder, string stamp)
    {
        string? path = null;
        foreach (ErrorRecord error in report.Complete(client.Clock.UtcNow))
            Warn(error);
        try
        {
            if (File.Exists(folder.ReportPath))
                path = DurableFile.RenameToFree(folder.ReportPath, options.Below("reports"), stamp, ".html");
            report.Dispose();
            folder.Remove();
        }
        catch (Exception failure) when (DestinationFailure.Is(failure))
        {
            Warn(ErrorTable.FileNotWritten(path is null ? options.Below("reports") : folder.FullPath, failure));
        }

        return path;
    }

    private static PageResult[] PagesOf(InboxDocument document)
    {
        using FileStream file = File.OpenRead(document.ResultPath!);
        using JsonDocument result = JsonDocument.Parse(file);
        PageResult[] pages = [.. AnswerReader.Webhook(result.RootElement)];
        foreach (PageResult page in pages)
            (page.SourcePath, page.DuplicateOf, page.PageCount) = (document.SourcePath, document.DuplicateOf, document.PageCount);
        return pages;
    }

    private Task Told(ErrorRecord error)
    {
        Warn(error);
        return Task.CompletedTask;
    }

    private void Warn(ErrorRecord error) => writer.Warn($"Report of this run: {error.Exception.Message}");
}
