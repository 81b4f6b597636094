using System.IO;

namespace Nanonets.Journaling;

/// <summary>Creates files that nobody but their owner can read: names of documents are nobody else's business.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Creates a file that is not there yet and keeps it to this handle alone.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream CreateExclusive(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Makes sure that a file is there; one that is there stays as it is, with the rights its owner gave it.</summary>
    public static void EnsureExists(string path)
    {
        if (File.Exists(path))
            return;

        try
        {
            Open(path, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    /// <summary>Opens or makes a file for writing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.None)
    {
#if NETSTANDARD2_0
        // Windows: the folder's own rights decide.
        return new FileStream(path, mode, FileAccess.ReadWrite, share);
#else
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!System.OperatingSystem.IsWindows() && mode is not FileMode.Open)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#endif
    }
}
