using System;
using System.IO;
using Nanonets.Downloading;

namespace Nanonets.Saving;

/// <summary>A file that comes into being at once: written under a name of its own beside its place, and renamed when it is whole.</summary>
internal sealed class SavedFile : IDisposable
{
    private readonly string _temporary;
    private readonly SaveItem _item;
    private readonly bool _overwrite;
    private bool _placed;

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public SavedFile(SaveItem item, bool overwrite)
    {
        _item = item;
        _overwrite = overwrite;
        _temporary = Path.Combine(Path.GetDirectoryName(item.FullPath)!, $".nanonets-{Guid.NewGuid():N}.part");
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">There is such a file already, or it cannot be written.</exception>
    public string Place(string? contentType)
    {
        Stream.Dispose();
        string path = FileType.Correct(_item.FullPath, contentType, _item.Part != DocumentPart.Original);
        if (_overwrite && File.Exists(path))
        {
            // Windows replaces no file that is read-only.
            FileAttributes attributes = File.GetAttributes(path);
            if ((attributes & FileAttributes.ReadOnly) != 0)
                File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
            File.Replace(_temporary, path, null);
        }
        else
        {
            File.Move(_temporary, path);
        }

        _placed = true;
        return path;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_placed)
            File.Delete(_temporary);
    }
}
