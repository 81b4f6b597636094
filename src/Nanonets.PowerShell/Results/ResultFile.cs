using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.JournalLoading;

namespace Nanonets.Results;

/// <summary>A file whose results were asked for, with what the pipeline already knows of it.</summary>
internal sealed class ResultFile
{
    private readonly List<PageResult> _known = [];

    public required string ModelId { get; init; }

    public required string RequestFileId { get; init; }

    /// <summary>Pages that came in by the pipeline, in the order they came.</summary>
    public IReadOnlyCollection<PageResult> Known => _known;

    /// <summary>How many pages the upload answer counted; null when it is not known.</summary>
    public int? PageCount => _known.Select(static page => page.PageCount).FirstOrDefault(static count => count is not null);

    /// <summary>When it was accepted, by the core's clock; null when that was not in this process.</summary>
    public TimeSpan? AcceptedAt => _known.Select(static page => page.AcceptedAt).FirstOrDefault(static time => time is not null);

    /// <summary>The local file it came from: from its pages, else what else the pipeline said; null when nobody knows.</summary>
    public string? SourcePath
    {
        get => _known.Select(static page => page.SourcePath).FirstOrDefault(static path => path is not null) ?? field;
        init;
    }

    /// <summary>The file as people know it: its name, where known, and its id.</summary>
    public string Title =>
        (_known.Select(static page => page.Input).FirstOrDefault(static name => name is not null) ?? LastPart(SourcePath))
            is { Length: > 0 } name
        ? PlainText.Printable($"{name} (file {RequestFileId})")
        : $"file {RequestFileId}";

    /// <summary>The journal that knows it; null when none does.</summary>
    public JournalLocation? Journal => _known.Select(static page => page.Journal).FirstOrDefault(static journal => journal is not null);

    /// <summary>
    /// What makes it another document for the user: its id, and the own path of one whose content was sent under another.
    /// </summary>
    public string Identity => _known.Count > 0 ? IdentityOf(_known[0]) : RequestFileId;

    /// <summary>See <see cref="Identity"/>.</summary>
    public static string IdentityOf(PageResult page) =>
        page.DuplicateOf is null ? page.RequestFileId! : $"{page.RequestFileId}\n{page.SourcePath}";

    public void Add(PageResult page) => _known.Add(page);

    /// <summary>The fetched pages with what only the pipeline knows: the local file they come from.</summary>
    public PageResult[] WithOrigin(FileResult result)
    {
        foreach (PageResult page in result.Pages)
        {
            page.SourcePath ??= SourcePath;
            page.PageCount ??= PageCount ?? result.Pages.Length;
            page.DuplicateOf = _known.Count > 0 ? _known[0].DuplicateOf : null;
            page.FromJournal = _known.Count > 0 && _known[0].FromJournal;
            page.Journal = Journal;
        }

        return result.Pages;
    }

    /// <summary>The name at the end of a path of any system: the .NET Framework's own call throws at what no name on Windows has.</summary>
    private static string? LastPart(string? path) =>
        path?.Substring(path.LastIndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]) + 1);

    /// <summary>A page of which only the id is known.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="page">Its place among the ids, from 0.</param>
    /// <param name="count">How many there are.</param>
    public PageResult PageOf(string id, int page, int count)
    {
        PageResult known = PageResult.Placeholder(RequestFileId, ModelId, SourcePath, id, page,
            _known.Select(static one => one.Input).FirstOrDefault(static name => name is not null));
        known.PageCount = count;
        return known;
    }

    /// <summary>What an error about this file points at: a page result, which can be piped in again.</summary>
    public PageResult Target(FileResult? lastSeen)
    {
        PageResult target = lastSeen?.Pages.FirstOrDefault() ?? _known.FirstOrDefault()
            ?? PageResult.Placeholder(RequestFileId, ModelId, SourcePath);
        target.SourcePath ??= SourcePath;
        return target;
    }
}
