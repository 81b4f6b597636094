using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Http;
using Nanonets.Report;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Writes page results to one HTML file to look at: pages with a box over each value.</para>
/// <para>The file opens in any browser, on any machine, without a network; it makes no request to anybody. For each document it has the
/// pages as pictures with a box over each value, coloured by score, the values and line items as lists, what was corrected and who approved
/// it, and the reasons of failures. On top are a summary, the documents that need a person first, a search, filters and keys. Printed,
/// each document begins on a page of its own.</para>
/// <para>Pictures are downloaded from the signed addresses of the service, without the API key, and become part of the file; neither
/// addresses nor the key stand in it. If a picture cannot be downloaded, that is an error, and the report is written without it. Each
/// document is written when its last page comes, so that the report takes little memory, however long it is; where the number of pages is
/// not known, as in a listing, at the end.</para>
/// <para>Anything that a document says is shown as text and can do nothing in the page. But whoever has the file sees the documents: treat
/// it as you treat them.</para>
/// </summary>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument | Get-NanonetsResult -Wait | Export-NanonetsReport report.html</code>
/// <para>Sends documents and writes what was read to a report.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsResult -After 2025-03-01 | Export-NanonetsReport month.html -Title 'This month' -MinimumScore 0.9 -Force</code>
/// <para>A report of what came since that day, in which values with a score below 0.9 are marked. Replaces the report that is there.</para>
/// </example>
/// <example>
/// <code>$pages | Export-NanonetsReport values.html -NoPicture</code>
/// <para>Values alone: nothing is downloaded, and no connection is needed.</para>
/// </example>
/// <example>
/// <code>$pages | Export-NanonetsReport check.html -PassThru | ConvertTo-NanonetsRow | Export-Csv check.csv</code>
/// <para>Writes a report and passes the pages on.</para>
/// </example>
/// <exception cref="NanonetsErrorId.AddressRejected"/>
/// <exception cref="NanonetsErrorId.DocumentNotFound"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="ErrorTable.AddressMissing"/>
/// <exception cref="ErrorTable.DestinationInvalid"/>
/// <exception cref="ErrorTable.FileExists"/>
/// <exception cref="ErrorTable.FileNotWritten"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.ReportIncomplete"/>
[Cmdlet(VerbsData.Export, "NanonetsReport", SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class ExportNanonetsReportCommand : ConnectedCmdlet
{
    private ConcurrentWorker? _worker;
    private ReportRun? _run;

    /// <summary>The file to write. Its folder must exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Page results, as Get-NanonetsResult and Send-NanonetsDocument write them, also those that come back from a job, a remote session or
    /// Import-Clixml.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [PageResultTransformation]
    public PageResult[] InputObject { get; set; } = [];

    /// <summary>The heading of the report. Default: Nanonets report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Nanonets report";

    /// <summary>
    /// Values with a score below this are marked, and their documents need a person, unless they are approved. From 0 to 1, default 0.7.
    /// It has no effect on documents without scores: instant-learning models give 0 for every value, which is no score.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MinimumScore { get; set; } = 0.7;

    /// <summary>Leaves the pictures out. Then nothing is downloaded, and no connection is needed.</summary>
    [Parameter]
    public SwitchParameter NoPicture { get; set; }

    /// <summary>
    /// Compressed (the default) has all pixels in the service's compressed form. Thumbnail is 240 pixels wide, for a small file. Full is
    /// the picture as it was read.
    /// </summary>
    [Parameter]
    public PictureSize PictureSize { get; set; } = PictureSize.Compressed;

    /// <summary>Overwrites an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the page results, as they come. Without it nothing is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Fails early, before anything is sent that stands before it in the pipeline.</summary>
    protected override void BeginProcessing()
    {
        if (!NoPicture)
            base.BeginProcessing();
        string path = FileSystemPath.Of(this, Path);
        string? folder = System.IO.Path.GetDirectoryName(path);
        if (Directory.Exists(path))
            ThrowTerminatingError(ErrorTable.FileNotWritten(path, new IOException("It is a folder.")));
        if (!Directory.Exists(folder))
            ThrowTerminatingError(ErrorTable.DestinationInvalid(folder ?? path, "There is no such folder."));
        if (!Force && File.Exists(path))
            ThrowTerminatingError(ErrorTable.FileExists(path));
        if (ShouldProcess(ShownPath.Of(path, SessionState), "Write the report"))
            Begin(path);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PageResult page in InputObject)
        {
            _run?.Add(page);
            if (PassThru)
                WriteObject(page);
        }

        Pump.RunReady();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        DateTimeOffset now = (NoPicture ? Clock.System : Session.Client.Clock).UtcNow;
        foreach (ErrorRecord error in _run?.Complete(now) ?? [])
            Writer.WriteError(error);
    }

    private void Begin(string path)
    {
        _worker = new ConcurrentWorker(Pump, ReportRun.PagesAtOnce);
        var options = new ReportOptions(path, Title, MinimumScore, Force);
        try
        {
            _run = new ReportRun(_worker, options, page => Writer.WriteError(ErrorTable.ReportIncomplete(page)), StopToken)
            {
                Pictures = NoPicture
                    ? null
                    : new PagePictures(Writer.WriteErrorAsync, Session.Client, Session.ModelId, Requests, PictureSize, StopToken),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorTable.FileNotWritten(path, failure));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _worker?.Settle(ReportRun.TimeToSettle);
        _run?.Dispose();
    }
}
