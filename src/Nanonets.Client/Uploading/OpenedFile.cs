using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Uploading;

/// <summary>A file opened for one try, with what it looked like then: a file that changes while it is sent must not be accepted.</summary>
internal sealed class OpenedFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly DateTime _written;
    private long _read;

    private OpenedFile(UploadFile file, FileStream stream)
    {
        File = file;
        _stream = stream;
        Length = stream.Length;
        _written = System.IO.File.GetLastWriteTimeUtc(file.SourcePath);
        ContentType = MediaType.Of(stream, file.FileName);
    }

    public UploadFile File { get; }

    public long Length { get; }

    public string ContentType { get; }

    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    public static OpenedFile Open(UploadFile file)
    {
        FileStream? stream = null;
        try
        {
            // Other readers may share it, writers may not. No buffer of its own: the body is read in large pieces.
            stream = new FileStream(file.SourcePath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (stream.Length == 0)
                throw new NanonetsException(NanonetsErrorId.EmptyFile, $"'{file.SourcePath}' is empty: it was not sent.");

            var opened = new OpenedFile(file, stream);
            stream = null;
            return opened;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NanonetsException(NanonetsErrorId.FileMissing, $"There is no file '{file.SourcePath}' any more.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new NanonetsException(NanonetsErrorId.SourceUnavailable, $"'{file.SourcePath}' cannot be read: {unreadable.Message}", unreadable);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <exception cref="SourceFailure">Fewer bytes than the file had when it was opened, or it can no longer be read.</exception>
    public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            int wanted = (int)Math.Min(buffer.Length, Length - _read);
            int read = wanted == 0 ? 0 : await _stream.ReadAsync(buffer, 0, wanted, cancellationToken).ConfigureAwait(false);
            _read += read;
            return read == 0 && _read < Length ? throw Changed("became shorter") : read;
        }
        catch (IOException unreadable)
        {
            throw new SourceFailure(File, NanonetsErrorId.SourceUnavailable, $"'{File.SourcePath}' can no longer be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Called before the last bytes of the body leave.</summary>
    /// <exception cref="SourceFailure">It is not the file any more that was opened.</exception>
    public void EnsureUnchanged()
    {
        var now = new FileInfo(File.SourcePath);
        if (!now.Exists)
            throw Changed("was deleted");
        if (now.Length != Length)
            throw Changed(now.Length > Length ? "became longer" : "became shorter");
        if (now.LastWriteTimeUtc != _written)
            throw Changed("was written to");
    }

    public void Dispose() => _stream.Dispose();

    private SourceFailure Changed(string how) =>
        new(File, NanonetsErrorId.SourceChanged, $"'{File.SourcePath}' {how} while it was sent; the upload was not completed.", null);
}

/// <summary>Ends a body because of the file it comes from. Kept apart from failures of the network, which concern all files of a request.</summary>
internal sealed class SourceFailure(UploadFile file, NanonetsErrorId errorId, string message, Exception? innerException) : Exception(message, innerException)
{
    public UploadFile File { get; } = file;

    public NanonetsException ToException() => new(errorId, Message, InnerException);
}
