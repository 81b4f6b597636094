using System;
using System.IO;

namespace Nanonets.Saving;

/// <summary>A file that comes into being at once: written under a name of its own beside its place, and renamed when it is whole.</summary>
internal sealed class SavedFile : IDisposable
{
    private readonly string _temporary;
    private readonly bool _overwrite;
    private bool _placed;

    /// <param name="folder">Where it goes.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public SavedFile(string folder, bool overwrite)
    {
        _overwrite = overwrite;
        _temporary = TemporaryPath(folder);
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
    }

    /// <summary>A name for what is not yet a file.</summary>
    public static string TemporaryPath(string folder) => Path.Combine(folder, $".nanonets-{Guid.NewGuid():N}.part");

    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="IOException">There is such a file already, or it cannot be written.</exception>
    public void Place(string path)
    {
        Stream.Dispose();
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
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_placed)
            File.Delete(_temporary);
    }
}
