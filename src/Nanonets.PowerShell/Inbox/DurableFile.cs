using System.Globalization;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>Writes files that are on the disk when the call returns.</summary>
internal static class DurableFile
{
    /// <summary>Another run may write to the same file: five seconds.</summary>
    private const int MostTries = 100;

    /// <summary>Writes a file anew.</summary>
    public static void Write(string path, byte[] content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(content, 0, content.Length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Adds to a file; what cannot be written in full is not written at all.</summary>
    /// <param name="mayWait">Whether another run that writes to the file just now may be waited for.</param>
    public static void Append(string path, byte[] content, bool mayWait = true)
    {
        using FileStream file = Patience.Try(
            () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), mayWait ? MostTries : 1,
            () => !File.Exists(path));
        long before = file.Length;
        try
        {
            file.Position = before;
            file.Write(content, 0, content.Length);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(before);
            throw;
        }
    }

    /// <summary>Gives a file another name, which is free.</summary>
    /// <exception cref="IOException">The name is taken, or cannot be given.</exception>
    public static void Rename(string path, string renamed) =>
        Patience.Try(() => File.Move(path, renamed), isHopeless: () => File.Exists(renamed));

    /// <summary>Gives a file a name in a folder that people look into: this one, or with a number when it is taken.</summary>
    /// <returns>Where it is.</returns>
    public static string RenameToFree(string path, string folder, string name, string extension)
    {
        Directory.CreateDirectory(folder);
        for (int number = 1; ; number++)
        {
            string suffix = number == 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, " ({0})", number);
            string renamed = Path.Combine(folder, $"{name}{suffix}{extension}");
            try
            {
                Rename(path, renamed);
                return renamed;
            }
            catch (IOException) when (File.Exists(renamed))
            {
                // Another run began in the same second.
                continue;
            }
        }
    }

    /// <summary>Gives a file the name of another, which is there or not, in one step.</summary>
    public static void Replace(string path, string replaced) => Patience.Try(() =>
    {
        if (File.Exists(replaced))
            File.Replace(path, replaced, null);
        else
            File.Move(path, replaced);
    });
}
