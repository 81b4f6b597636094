using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Results;

/// <summary>
/// Decides what becomes of piped page results: pages of a file that are all finished pass through without a request; as soon as one
/// of them is pending the file is fetched, once, however many of its pages arrive.
/// </summary>
internal sealed class PageGate(Action<PageResult> passThrough, Action<ResultFile> fetch, Func<PageResult, string> modelOf)
{
    private readonly HashSet<string> _fetched = new(StringComparer.Ordinal);
    private ResultFile? _held;

    public void Add(PageResult page)
    {
        // Without the id of its file a page cannot be asked for; it is passed on as it is.
        if (page.RequestFileId is not { Length: > 0 } id)
        {
            Release();
            passThrough(page);
            return;
        }

        if (_held is { } held && held.Identity != ResultFile.IdentityOf(page))
            Release();
        if (_fetched.Contains(ResultFile.IdentityOf(page)))
            return;

        _held ??= new ResultFile { RequestFileId = id, ModelId = modelOf(page) };
        _held.Add(page);
        if (page.State == PageState.Pending || IsComplete(_held))
            Release();
    }

    /// <summary>A file of which no page is known, only its id.</summary>
    public void AddFile(ResultFile file)
    {
        Release();
        if (_fetched.Add(file.Identity))
            fetch(file);
    }

    /// <summary>No further page of the held file will come.</summary>
    public void Release()
    {
        if (_held is not { } file)
            return;

        _held = null;
        if (file.Known.All(static page => page.IsFinished))
        {
            foreach (PageResult page in file.Known.OrderBy(static page => page.Page))
                passThrough(page);
        }
        else if (_fetched.Add(file.Identity))
        {
            fetch(file);
        }
    }

    private static bool IsComplete(ResultFile file) => file.PageCount is { } count && file.Known.Count >= count;
}
