using System;
using System.Buffers;
using System.IO;
using System.Threading;

namespace Nanonets.Documents;

/// <summary>
/// A file opened for one try. A small one is read at once and closed again: its bytes are then checked, hashed and sent without a second
/// look at the disk, and cannot be torn. A large one is kept open and read piece by piece.
/// </summary>
internal sealed class OpenedFile : OpenedSource
{
    /// <summary>Read at once up to this size, which is what the pool of buffers hands out.</summary>
    private const int SmallFile = 128 * 1024;

    /// <summary>
    /// The same when it is only looked at: more is cheaper to read again just before it is sent than to carry from one processor to
    /// another.
    /// </summary>
    private const int TinyFile = 32 * 1024;

    /// <summary>Most bytes of small files in memory at once, whatever is asked for: beyond it they are read piece by piece too.</summary>
    private const long MostInMemory = 32 * 1024 * 1024;

    /// <summary>Milliseconds.</summary>
    private const int Moment = 500;

    private const int Free = 0;
    private const int Taken = 1;
    private const int Closed = 2;

    private static long s_inMemory;

    private readonly string _path;
    private readonly DateTime _written;
    private readonly int _opened = Environment.TickCount;
    private readonly byte[]? _whole;
    private int _use;

    private OpenedFile(FileSource source, FileStream stream, bool toLook)
        : base(source)
    {
        _path = source.SourcePath!;
        Length = stream.Length;
        if (Length == 0)
            throw new NanonetsException(NanonetsErrorId.EmptyFile, $"'{source}' is empty. It was not sent.");

        // Before the content is read: what is written meanwhile is seen at the end.
        _written = WrittenAt(stream);
        if (Length <= (toLook ? TinyFile : SmallFile) && Interlocked.Read(ref s_inMemory) < MostInMemory)
        {
            _whole = ReadWhole(stream, (int)Length);
            Interlocked.Add(ref s_inMemory, Length);
            KnownType = MediaType.OfKnown(_whole.AsSpan(0, (int)Math.Min(MediaType.SignatureWindow, Length)));
        }
        else
        {
            Content = stream;
            KnownType = MediaType.OfKnown(stream);
        }
    }

    /// <summary>Whether its bytes are all in memory, and the file is closed.</summary>
    public bool HoldsWhole => _whole is not null;

    /// <summary>
    /// Whether it can be taken for the file as it is: opened a moment ago, or still the same. The end of the upload looks once more in any
    /// case.
    /// </summary>
    public bool IsFresh => unchecked(Environment.TickCount - _opened) is >= 0 and < Moment || Change() is null;

    /// <param name="toLook">Whether it is not sent now.</param>
    /// <exception cref="NanonetsException">It cannot be sent: missing, unreadable, empty.</exception>
    public static OpenedFile Open(FileSource source, bool toLook)
    {
        FileStream? stream = null;
        try
        {
            // Other readers may share it, writers may not. No buffer of its own: the body is read in large pieces.
            stream = new FileStream(source.SourcePath!, FileMode.Open, FileAccess.Read, FileShare.Read, 1,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
            var opened = new OpenedFile(source, stream, toLook);
            if (opened.Content is not null)
                stream = null;
            return opened;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NanonetsException(NanonetsErrorId.FileMissing, $"The file '{source}' does not exist.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.SecurityException
            or ArgumentException or NotSupportedException)
        {
            throw new NanonetsException(NanonetsErrorId.SourceUnavailable, $"'{source}' cannot be read: {unreadable.Message}", unreadable);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    public override byte[]? TakeWhole()
    {
        if (_whole is null)
            return null;
        return Interlocked.CompareExchange(ref _use, Taken, Free) == Free ? _whole : throw new ObjectDisposedException(_path);
    }

    public override void ReturnWhole() => Interlocked.CompareExchange(ref _use, Free, Taken);

    public override void EnsureUnchanged()
    {
        if (Change() is { } how)
            throw Changed(how);
    }

    public override void Dispose()
    {
        Content?.Dispose();
        if (_whole is null)
            return;

        // Bytes that somebody still sends are left to him and the garbage collector.
        int use = Interlocked.Exchange(ref _use, Closed);
        if (use != Closed)
            Interlocked.Add(ref s_inMemory, -Length);
        if (use == Free)
            ArrayPool<byte>.Shared.Return(_whole);
    }

    private string? Change()
    {
        try
        {
            var now = new FileInfo(_path);
            if (!now.Exists)
                return "was deleted";

            // What a link says of itself is not the file.
            if ((now.Attributes & FileAttributes.ReparsePoint) == 0)
                return Change(now.Length, now.LastWriteTimeUtc);
            using var target = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return Change(target.Length, WrittenAt(target));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "was deleted or locked";
        }
    }

    private string? Change(long length, DateTime written) =>
        length > Length ? "became longer"
        : length < Length ? "became shorter"
        : written != _written ? "was written to"
        : null;

    private static byte[] ReadWhole(FileStream stream, int length)
    {
        byte[] whole = ArrayPool<byte>.Shared.Rent(length);
        int filled = 0;
        while (filled < length)
        {
            int read = stream.Read(whole, filled, length - filled);
            if (read == 0)
                throw new EndOfStreamException("It was shortened while it was read.");
            filled += read;
        }

        return whole;
    }

#if NETSTANDARD2_0
    private static DateTime WrittenAt(FileStream stream) => File.GetLastWriteTimeUtc(stream.Name);
#else
    private static DateTime WrittenAt(FileStream stream) => File.GetLastWriteTimeUtc(stream.SafeFileHandle);
#endif
}
