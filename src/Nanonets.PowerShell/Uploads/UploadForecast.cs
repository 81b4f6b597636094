using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Display;
using Nanonets.Documents;
using Nanonets.JournalLoading;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Uploads;

/// <summary>What a run would do with a document.</summary>
internal enum UploadFate
{
    /// <summary>It would be sent.</summary>
    Sent,

    /// <summary>It is a duplicate, or the journal has it.</summary>
    Skipped,

    /// <summary>What is left of the budget does not suffice for it.</summary>
    OverBudget,
}

/// <summary>What a run with -WhatIf would do: documents, pages, bytes, duplicates, minutes. Sends nothing and makes nothing.</summary>
/// <param name="journal">The journal that would be used; null for none.</param>
/// <param name="origin">The service.</param>
/// <param name="pagesPerMinute">The limit, where it is known.</param>
/// <param name="pageBudget">The most pages that may be used; null for no limit.</param>
internal sealed class UploadForecast(JournalLocation? journal, string origin, double? pagesPerMinute, int? pageBudget) : IDisposable
{
    private readonly HashSet<DocumentKey> _met = [];
    private readonly HashSet<string> _models = [];
    private int _documents;
    private int _duplicates;
    private int _overBudget;
    private long _pages;
    private long _bytes;
    private int _unsized;
    private IUploadJournal? _journal;

    public bool IsEmpty => _documents == 0;

    /// <summary>What would be done with a document, in words.</summary>
    public static string Describe(UploadFate fate, string shown) => fate switch
    {
        UploadFate.Skipped => $"Skip {shown}: in the journal or a duplicate",
        UploadFate.OverBudget => $"Skip {shown}: over the page budget",
        _ => $"Upload {shown}",
    };

    /// <returns>What a run would do with the document.</returns>
    /// <exception cref="NanonetsException">The document or the journal cannot be read.</exception>
    public async Task<UploadFate> AddAsync(Document document, SendRequest request, CancellationToken cancellationToken)
    {
        _documents++;
        _models.Add(request.ModelId);
        if (journal is not null && await IsKnownAsync(document, request, cancellationToken).ConfigureAwait(false))
        {
            _duplicates++;
            return UploadFate.Skipped;
        }

        if (_pages + document.Pages > pageBudget)
        {
            _overBudget++;
            return UploadFate.OverBudget;
        }

        _bytes += document.Bytes ?? 0;
        _unsized += document.Bytes is null ? 1 : 0;
        _pages += document.Pages;
        return UploadFate.Sent;
    }

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _journal?.Dispose();

    public override string ToString()
    {
        string time = pagesPerMinute is { } limit and > 0
            ? string.Format(
                CultureInfo.CurrentCulture, ", at least {0:N0} minute(s) at {1:N0} pages a minute", Math.Ceiling(_pages / limit), limit)
            : string.Empty;
        return string.Format(
            CultureInfo.CurrentCulture, "Total: {0}, about {1:N0} page(s), {2}{3}, to model {4}.", Documents(), _pages, Size(),
            time, string.Join(", ", _models));
    }

    private string Documents()
    {
        string[] others =
        [
            .. journal is null ? Array.Empty<string>() : [string.Format(CultureInfo.CurrentCulture, "{0:N0} skipped", _duplicates)],
            .. _overBudget == 0
                ? Array.Empty<string>()
                : [string.Format(CultureInfo.CurrentCulture, "{0:N0} over the page budget", _overBudget)],
        ];
        return others.Length == 0
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} document(s)", _documents)
            : string.Format(
                CultureInfo.CurrentCulture, "{0:N0} of {1:N0} document(s) ({2})", _documents - _duplicates - _overBudget, _documents,
                string.Join(", ", others));
    }

    /// <summary>What an address leads to has a size that nobody here knows.</summary>
    private string Size() => _unsized == 0 ? FileSize.Format(_bytes)
        : _bytes == 0 ? "of unknown size"
        : string.Format(CultureInfo.CurrentCulture, "{0} and {1:N0} document(s) of unknown size", FileSize.Format(_bytes), _unsized);

    private async Task<bool> IsKnownAsync(Document document, SendRequest request, CancellationToken cancellationToken)
    {
        string hash = await ContentHash.OfAsync(document.Source, cancellationToken).ConfigureAwait(false);
        var key = new DocumentKey(
            origin, request.ModelId, hash, DocumentKey.PagesOf(request.PagesToProcess), DocumentKey.DigestOf(request.Metadata));
        if (!_met.Add(key))
            return true;
        if (_journal is null && JournalLoader.For(journal!).Exists(journal!))
            _journal = JournalLoader.For(journal!).OpenReadOnly(journal!);
        return _journal?.Query(new JournalQuery { Key = key }).Any(static entry => entry.IsDone) == true;
    }
}
