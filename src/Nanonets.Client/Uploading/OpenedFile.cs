using System;
using System.IO;

namespace Nanonets.Uploading;

/// <summary>A file opened for one try.</summary>
internal sealed class OpenedFile : OpenedSource
{
    private readonly string _path;
    private readonly DateTime _written;

    private OpenedFile(FileSource source, FileStream stream)
        : base(source)
    {
        _path = source.SourcePath!;
        Content = stream;
        Length = stream.Length;
        _written = File.GetLastWriteTimeUtc(_path);
        KnownType = MediaType.OfKnown(stream);
    }

    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    public static OpenedFile Open(FileSource source)
    {
        FileStream? stream = null;
        try
        {
            // Other readers may share it, writers may not. No buffer of its own: the body is read in large pieces.
            stream = new FileStream(source.SourcePath!, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (stream.Length == 0)
                throw new NanonetsException(NanonetsErrorId.EmptyFile, $"'{source}' is empty: it was not sent.");

            var opened = new OpenedFile(source, stream);
            stream = null;
            return opened;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NanonetsException(NanonetsErrorId.FileMissing, $"There is no file '{source}'.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            throw new NanonetsException(NanonetsErrorId.SourceUnavailable, $"'{source}' cannot be read: {unreadable.Message}", unreadable);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    public override void EnsureUnchanged()
    {
        var now = new FileInfo(_path);
        if (!now.Exists)
            throw Changed("was deleted");
        if (now.Length != Length)
            throw Changed(now.Length > Length ? "became longer" : "became shorter");
        if (now.LastWriteTimeUtc != _written)
            throw Changed("was written to");
    }

    public override void Dispose() => Content!.Dispose();
}
