using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Documents;

/// <summary>
/// A temporary copy of a stream that cannot seek. Only this account can read it, and nothing is left of it, even when the process is
/// killed.
/// </summary>
internal static class SpoolFile
{
    private const int BufferSize = 80 * 1024;

    /// <exception cref="NanonetsException">The stream cannot be read to its end, or the copy cannot be written.</exception>
    public static async Task<Stream> CopyAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        SpoolStream? copy = null;
        try
        {
            copy = Create();
            await content.CopyToAsync(copy, BufferSize, cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            Stream whole = copy;
            copy = null;
            return whole;
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            throw new NanonetsException(
                NanonetsErrorId.SourceUnavailable,
                $"The stream of '{fileName}' cannot be copied to a temporary file: {failure.Message}", failure);
        }
        finally
        {
            copy?.Dispose();
        }
    }

    public static bool IsSpooled(Stream content) => content is SpoolStream;

    private static SpoolStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), "nanonets-" + Guid.NewGuid().ToString("N"));
#if NETSTANDARD2_0
        // Windows: the folder belongs to the account, and the system deletes the file with its last handle.
        return new SpoolStream(path);
#else
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var copy = new SpoolStream(path, options);

        // Unix deletes a name at once and the file with its last handle, whatever becomes of the process.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return copy;
#endif
    }

    private sealed class SpoolStream : FileStream
    {
#if NETSTANDARD2_0
        public SpoolStream(string path)
            : base(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose)
        {
        }
#else
        public SpoolStream(string path, FileStreamOptions options)
            : base(path, options)
        {
        }
#endif
    }
}
