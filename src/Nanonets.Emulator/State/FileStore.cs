using System;
using System.Collections.Generic;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>Everything uploaded, in memory, in the order it came; found by any of its ids without looking through the rest.</summary>
internal sealed class FileStore
{
    private readonly Lock _lock = new();
    private readonly List<StoredFile> _files = [];
    private readonly Dictionary<string, StoredFile> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (StoredFile, int)> _byPage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (StoredFile, int)> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contents = new(StringComparer.Ordinal);

    /// <returns>Whether the same content was there before.</returns>
    public bool Add(StoredFile file)
    {
        lock (_lock)
        {
            _files.Add(file);
            _byId[file.RequestFileId] = file;
            _byKey[file.OriginalKey] = (file, -1);
            for (int i = 0; i < file.Pages.Count; i++)
            {
                _byPage[file.Pages[i].Id] = (file, i);
                _byKey[file.Pages[i].PictureKey] = (file, i);
            }

            return file.IsDuplicate = !_contents.Add(file.Sha256);
        }
    }

    /// <returns>False when it was not there any more.</returns>
    public bool Remove(StoredFile file)
    {
        lock (_lock)
        {
            if (!_files.Remove(file))
                return false;

            _byId.Remove(file.RequestFileId);
            _byKey.Remove(file.OriginalKey);
            foreach (StoredPage page in file.Pages)
            {
                _byPage.Remove(page.Id);
                _byKey.Remove(page.PictureKey);
            }

            return true;
        }
    }

    public StoredFile? File(string requestFileId)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(requestFileId);
    }

    public (StoredFile File, int Position)? Page(string pageId) => Find(_byPage, pageId);

    /// <summary>The file and page a key of signed_urls stands for; the position is -1 for the original file.</summary>
    public (StoredFile File, int Position)? Key(string key) => Find(_byKey, key);

    public IReadOnlyList<StoredFile> All()
    {
        lock (_lock)
            return [.. _files];
    }

    public void Clear()
    {
        lock (_lock)
        {
            _files.Clear();
            _byId.Clear();
            _byPage.Clear();
            _byKey.Clear();
            _contents.Clear();
        }
    }

    private (StoredFile File, int Position)? Find(Dictionary<string, (StoredFile, int)> index, string key)
    {
        lock (_lock)
            return index.TryGetValue(key, out (StoredFile, int) found) ? found : null;
    }
}
