using System;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Sending;

namespace Nanonets.Commands;

/// <summary>
/// <para>Reads the plain text of documents, without a model.</para>
/// <para>Sends each document to the full-text reader of Nanonets and writes an object for each page with its Text and the Words with their places. The answer comes in the
/// call itself. Every document read is an upload that may be billed, so the cmdlet takes -WhatIf and -Confirm, and an upload whose answer was lost is reported as
/// UploadAmbiguous, not repeated.</para>
/// <para>One bad document is one error, the rest go on; the error's target can be piped in again. When no further document can be read (key rejected, quota used up, no
/// connection), one error has all unsent documents as its target.</para>
/// </summary>
/// <example>
/// <code>Read-NanonetsText letter.pdf | ForEach-Object Text</code>
/// <para>Shows the text of a letter, page by page.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.pdf | Read-NanonetsText | Where-Object Text -match 'termination' | ForEach-Object SourcePath</code>
/// <para>Finds the files that speak of a termination.</para>
/// </example>
/// <example>
/// <code>Read-NanonetsText -Uri https://files.example.com/scan.pdf -WhatIf</code>
/// <para>Says what would be read; the service would fetch the document from its address.</para>
/// </example>
/// <exception cref="NanonetsErrorId.AddressNotFetched"/>
/// <exception cref="NanonetsErrorId.DocumentTooLarge"/>
/// <exception cref="NanonetsErrorId.EmptyFile"/>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.IncorrectImage"/>
/// <exception cref="NanonetsErrorId.SourceChanged"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="NanonetsErrorId.UnsupportedFile"/>
/// <exception cref="NanonetsErrorId.UploadAmbiguous"/>
/// <exception cref="ErrorTable.InvalidAddress"/>
/// <exception cref="ErrorTable.InvalidEncoding"/>
/// <exception cref="ErrorTable.InvalidStream"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.PathIsAddress"/>
/// <exception cref="ErrorTable.PathIsFolder"/>
[Cmdlet(VerbsCommunications.Read, "NanonetsText", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextPage))]
public sealed class ReadNanonetsTextCommand : DocumentCmdlet
{
    /// <summary>Ctrl+C must return the prompt within half a second: this much of it may go into learning outcomes.</summary>
    private static readonly TimeSpan s_settleAfterStop = TimeSpan.FromMilliseconds(250);

    private ConcurrentWorker? _worker;
    private TextRun? _run;

    /// <summary>How many documents are being read at once, 1 to 64. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _worker = new ConcurrentWorker(Pump, ThrottleLimit);
        _run = new TextRun(Writer, _worker, Session.Client, Requests, StopToken);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (UploadItem item in Items())
        {
            if (_run!.IsDoomed)
                _run.Skip(item);
            else if (DocumentContent.Check(item, SkipTypeCheck) is { } error)
                Writer.WriteError(error);
            else if (ShouldProcess(ShownPath.Of(item, SessionState), "Upload and read the text"))
                _run.Start(item);
            else
                item.Source.Forget();
        }

        Pump.RunReady();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _worker!.Drain();
        if (_run!.DoomError() is { } doom)
            Writer.WriteError(doom);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        WarnOnTheWayOut(_run?.Close(s_settleAfterStop));
    }
}
