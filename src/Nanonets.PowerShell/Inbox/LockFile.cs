using System;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>A file that one run at a time holds. The system lets go of it when the process ends in whatever way.</summary>
internal sealed class LockFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _held;

    private LockFile(string path, FileStream held) => (_path, _held) = (path, held);

    /// <returns>Null when another run holds it, or when it is not there and is not to be made.</returns>
    /// <exception cref="IOException">No file can be made there.</exception>
    public static LockFile? TryTake(string path, FileMode mode)
    {
        FileStream held;
        try
        {
            held = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException) when (mode == FileMode.Open)
        {
            return null;
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException && File.Exists(path))
        {
            return null;
        }

        // Who held it before may have removed it between its opening and its locking here: then it is not the file that others find.
        if (File.Exists(path))
            return new LockFile(path, held);
        held.Dispose();
        return null;
    }

    /// <summary>Lets go of it, and takes it away.</summary>
    public void Remove()
    {
        // Unix removes what is locked, so that nobody can lock it in between. Windows does not, but keeps a file that is open.
        if (Path.DirectorySeparatorChar == '/')
            File.Delete(_path);
        _held.Dispose();
        if (Path.DirectorySeparatorChar == '/')
            return;

        try
        {
            File.Delete(_path);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Another run has taken it already, and removes it.
        }
    }

    /// <summary>Lets go of it. The file stays.</summary>
    public void Dispose() => _held.Dispose();
}
