using System;
using System.IO;
using System.Linq;

namespace Nanonets.Inbox;

/// <summary>
/// Moves an original out of the inbox, as the very file that was sent. Within a volume it is renamed. To another it is copied under a
/// temporary name, compared, renamed, and only then removed.
/// </summary>
internal static class OriginalFile
{
    private const int PieceSize = 128 * 1024;

    /// <param name="path">Where it lies.</param>
    /// <param name="stamp">What it was when it was taken.</param>
    /// <param name="place">Where it goes; nothing is there.</param>
    /// <param name="temporary">Where a copy may come into being, on the volume of the place.</param>
    /// <exception cref="OriginalFailure">It is gone, locked or changed, or may not be moved. Nothing is at the place.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Move(string path, FileStamp stamp, string place, string temporary)
    {
        // Nobody writes to it while this is open, where the system knows such a thing.
        using (Open(path, FileShare.Read | FileShare.Delete))
        {
            Ensure(path, stamp);
            if (Explained(path, () => Patience.Try(() => FileRename.Try(path, place), isHopeless: () => !File.Exists(path))))
            {
                EnsureMoved(path, stamp, place);
                return;
            }
        }

        // One of two runs gets it.
        using FileStream original = Open(path, Path.DirectorySeparatorChar == '\\' ? FileShare.Delete : FileShare.None);
        Ensure(path, stamp);
        Copy(original, temporary, stamp);
        if (!FileRename.Try(temporary, place))
            throw new IOException($"'{place}' is on another volume than the rest of the destination.");
        try
        {
            Remove(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            File.Delete(place);
            throw Unmoved(path, denied);
        }
    }

    /// <summary>Removes an original of which a whole copy is filed.</summary>
    public static void Remove(string path)
    {
        FileAttributes attributes = File.GetAttributes(path);
        if ((attributes & FileAttributes.ReadOnly) != 0)
            File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
        File.Delete(path);
    }

    /// <summary>Whether two files hold the same.</summary>
    public static bool IsSame(string one, string other)
    {
        using var first = new FileStream(one, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var second = new FileStream(other, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return IsSame(first, second);
    }

    private static void Copy(FileStream original, string temporary, FileStamp stamp)
    {
        using (var copy = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            original.CopyTo(copy, PieceSize);
            copy.Flush(flushToDisk: true);
            (original.Position, copy.Position) = (0, 0);
            if (!IsSame(original, copy))
                throw new IOException($"The copy '{temporary}' is not like its original.");
        }

        File.SetLastWriteTimeUtc(temporary, stamp.WrittenAt);
    }

    private static bool IsSame(FileStream one, FileStream other)
    {
        if (one.Length != other.Length)
            return false;

        var pieces = (One: new byte[PieceSize], Other: new byte[PieceSize]);
        while (true)
        {
            int count = Fill(one, pieces.One);
            if (Fill(other, pieces.Other) != count || !pieces.One.AsSpan(0, count).SequenceEqual(pieces.Other.AsSpan(0, count)))
                return false;
            if (count == 0)
                return true;
        }
    }

    private static int Fill(FileStream file, byte[] piece)
    {
        int filled = 0;
        while (filled < piece.Length && file.Read(piece, filled, piece.Length - filled) is > 0 and int read)
            filled += read;
        return filled;
    }

    private static FileStream Open(string path, FileShare share) =>
        Explained(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, share));

    private static void Ensure(string path, FileStamp stamp)
    {
        if (FileStamp.Of(path) != stamp)
            throw Changed();
    }

    /// <summary>Another file may have got the name in the last moment: it goes back, and is another document.</summary>
    private static void EnsureMoved(string path, FileStamp stamp, string place)
    {
        if (FileStamp.Of(place) == stamp)
            return;

        FileRename.Try(place, path);
        throw Changed();
    }

    private static OriginalFailure Changed() => new(Verdict.Of(
        InboxState.Waiting, nameof(NanonetsErrorId.SourceChanged),
        "It was changed after it was sent. What it is now is another document, which a later run takes."));

    private static T Explained<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OriginalFailure(
                new Verdict(InboxState.Gone, "It was taken out of the inbox while it was read, by a person or another run."), gone);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw Unmoved(path, denied);
        }
    }

    private static OriginalFailure Unmoved(string path, Exception cause) => new(
        Verdict.Of(
            InboxState.Unfiled, nameof(NanonetsErrorId.SourceUnavailable),
            $"It was read, and cannot be moved out of the inbox: {cause.Message}"),
        cause);
}
