using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>Everything uploaded, in memory, in the order it came.</summary>
internal sealed class FileStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredFile> _files = [];

    public void Add(StoredFile file)
    {
        lock (_lock)
            _files.Add(file);
    }

    public StoredFile? File(string requestFileId)
    {
        lock (_lock)
            return _files.Find(file => file.RequestFileId == requestFileId);
    }

    public (StoredFile File, int Position)? Page(string pageId)
    {
        foreach (StoredFile file in All())
        {
            for (int i = 0; i < file.Pages.Count; i++)
            {
                if (file.Pages[i].Id == pageId)
                    return (file, i);
            }
        }

        return null;
    }

    /// <summary>The file and page a key of signed_urls stands for; the position is -1 for the original file.</summary>
    public (StoredFile File, int Position)? Key(string key)
    {
        foreach (StoredFile file in All())
        {
            if (file.OriginalKey == key)
                return (file, -1);
            int position = file.Pages.Select(static page => page.PictureKey).ToList().IndexOf(key);
            if (position >= 0)
                return (file, position);
        }

        return null;
    }

    public IReadOnlyList<StoredFile> All()
    {
        lock (_lock)
            return [.. _files];
    }

    public void Clear()
    {
        lock (_lock)
            _files.Clear();
    }
}
