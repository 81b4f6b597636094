using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Async;
using Nanonets.Errors;
using Nanonets.Rows;

namespace Nanonets.Report;

/// <summary>
/// A report in the making. Documents are written as soon as all their pages are there, in the order in which that is so; pictures of a few
/// pages are fetched at once. A report that cannot be written is one error, and whoever pipes pages goes on: they are paid for.
/// </summary>
internal sealed class ReportRun : IDisposable
{
    /// <summary>Pages whose pictures are fetched or wait for their turn to be written.</summary>
    public const int PagesAtOnce = 4;

    /// <summary>Time for stopped downloads to take their unfinished files away.</summary>
    public static readonly TimeSpan TimeToSettle = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes that documents take which wait for pages, about.</summary>
    private const long MostKept = 16 * 1024 * 1024;

    private readonly ConcurrentWorker _worker;
    private readonly DocumentGrouper<ReportPage> _documents;
    private readonly ReportSummary _summary;
    private readonly ReportOptions _options;
    private readonly ReportFile _file;
    private readonly CancellationToken _stop;
    private Exception? _failure;
    private int _count;

    /// <param name="tooLate">Hears of a page that came when its document had to leave already; once for each document.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public ReportRun(ConcurrentWorker worker, ReportOptions options, Action<PageResult> tooLate, CancellationToken stop)
    {
        (_worker, _options, _stop) = (worker, options, stop);
        _documents = new DocumentGrouper<ReportPage>(true, ReportPage.SizeOf, MostKept, tooLate);
        _summary = new ReportSummary(options.MinimumScore);
        _file = new ReportFile(options.Path);
    }

    /// <summary>Fetches the pictures; null where none are wanted.</summary>
    public PagePictures? Pictures { get; init; }

    /// <summary>Pipeline thread: takes a page.</summary>
    public void Add(PageResult page)
    {
        foreach (DocumentPages<ReportPage> document in _documents.Add(page, ReportPage.Of(page)))
            Write(document);
    }

    /// <summary>Pipeline thread: no further page comes. Writes what is left and gives the report its name.</summary>
    /// <returns>What could not be done.</returns>
    public IEnumerable<ErrorRecord> Complete(DateTimeOffset now)
    {
        foreach (DocumentPages<ReportPage> document in _documents.Rest())
            Write(document);
        _worker.Drain();
        Guarded(() => _file.Complete(_options.Title, _summary, now, _options.Overwrite));
        IEnumerable<ErrorRecord> errors = Pictures?.Fatal.Errors() ?? [];
        return _failure is null ? errors : errors.Append(ErrorTable.FileNotWritten(_options.Path, _failure));
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A page is the unit of work: what waits for its turn is a few pictures, however many pages a document has.</summary>
    private void Write(DocumentPages<ReportPage> pages)
    {
        var document = new ReportDocument(++_count, pages, _options.MinimumScore);
        _summary.Add(document);
        for (int i = 0; i < document.Pages.Length && _failure is null; i++)
        {
            int position = i + 1;
            _worker.Start(previous => WriteAsync(document, position, previous));
        }
    }

    private async Task WriteAsync(ReportDocument document, int position, Task previous)
    {
        ReportPage page = document.Pages[position - 1];
        PagePicture? picture = null;
        try
        {
            if (Pictures is not null)
                picture = await Pictures.FetchAsync(page.Page, _file.Scratch).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            Volatile.Write(ref _failure, failure);
        }

        using (picture)
        {
            await Task.WhenAny(previous).ConfigureAwait(false);
            _stop.ThrowIfCancellationRequested();
            Guarded(() =>
            {
                if (position == 1)
                    DocumentSection.Open(_file.Documents, document);
                new PageSection(_file.Documents, document, page, position).Write(picture);
                if (position == document.Pages.Length)
                    DocumentSection.Close(_file.Documents);
            });
        }
    }

    private void Guarded(Action write)
    {
        if (Volatile.Read(ref _failure) is not null)
            return;

        try
        {
            write();
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            Volatile.Write(ref _failure, failure);
        }
    }

    private static bool IsOfTheDisk(Exception failure) => failure is IOException or UnauthorizedAccessException or NotSupportedException;
}

/// <summary>How a report is made.</summary>
/// <param name="Path">The full path.</param>
/// <param name="MinimumScore">What is below needs a person.</param>
/// <param name="Overwrite">Whether a file that is there is replaced.</param>
internal sealed record ReportOptions(string Path, string Title, double MinimumScore, bool Overwrite);
