using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Nanonets.Display;
using Nanonets.Journaling;
using Nanonets.Uploading;

namespace Nanonets.Sending;

/// <summary>What a run with -WhatIf would do: documents, pages, bytes, duplicates, minutes. Sends nothing and makes nothing.</summary>
/// <param name="journalPath">The journal that would be used; null for none.</param>
/// <param name="origin">The service.</param>
/// <param name="pagesPerMinute">The limit, where it is known.</param>
internal sealed class UploadForecast(string? journalPath, string origin, double? pagesPerMinute)
{
    private readonly HashSet<DocumentKey> _met = [];
    private readonly HashSet<string> _models = [];
    private int _documents;
    private int _duplicates;
    private long _pages;
    private long _bytes;
    private int _unsized;
    private bool _journalRead;

    public bool IsEmpty => _documents == 0;

    /// <exception cref="NanonetsException">The document or the journal cannot be read.</exception>
    public void Add(UploadItem item, UploadBatch batch)
    {
        _documents++;
        _models.Add(batch.ModelId);
        if (journalPath is not null && IsKnown(item, batch))
        {
            _duplicates++;
            return;
        }

        _bytes += item.Bytes ?? 0;
        _unsized += item.Bytes is null ? 1 : 0;
        _pages += item.Pages;
    }

    public override string ToString()
    {
        string time = pagesPerMinute is { } limit and > 0
            ? string.Format(CultureInfo.CurrentCulture, ", at least {0:N0} minute(s) at {1:N0} pages a minute", Math.Ceiling(_pages / limit), limit)
            : string.Empty;
        string duplicates = journalPath is null ? string.Empty : string.Format(CultureInfo.CurrentCulture, ", {0:N0} of them known or twice there and not sent", _duplicates);
        return string.Format(
            CultureInfo.CurrentCulture, "In all {0:N0} document(s){1}: about {2:N0} page(s) (estimated), {3}{4}, to model {5}.", _documents, duplicates, _pages, Size(), time,
            string.Join(", ", _models));
    }

    /// <summary>What an address leads to has a size that nobody here knows.</summary>
    private string Size() => _unsized == 0 ? FileSize.Format(_bytes)
        : _bytes == 0 ? "of unknown size"
        : string.Format(CultureInfo.CurrentCulture, "{0} and {1:N0} document(s) of unknown size", FileSize.Format(_bytes), _unsized);

    private bool IsKnown(UploadItem item, UploadBatch batch)
    {
        if (!_journalRead && File.Exists(journalPath))
        {
            using IUploadJournal journal = JournalLoader.Library.OpenReadOnly(journalPath!);
            foreach (JournalEntry entry in journal.Query(new JournalQuery()))
            {
                if (entry.IsDone)
                    _met.Add(entry.Key);
            }
        }

        _journalRead = true;
        string hash = ContentHash.OfAsync(item.Source, default).GetAwaiter().GetResult();
        return !_met.Add(new DocumentKey(origin, batch.ModelId, hash, DocumentKey.PagesOf(batch.PagesToProcess), DocumentKey.DigestOf(batch.Metadata)));
    }
}
