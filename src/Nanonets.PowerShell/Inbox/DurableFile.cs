using System;
using System.IO;
using System.Threading;

namespace Nanonets.Inbox;

/// <summary>Writes files that are on the disk when the call returns.</summary>
internal static class DurableFile
{
    private const int MostTries = 100;

    /// <summary>Another run writes to the file just now.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes a file anew.</summary>
    public static void Write(string path, byte[] content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(content, 0, content.Length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Adds to a file; what cannot be written in full is not written at all.</summary>
    public static void Append(string path, byte[] content)
    {
        using FileStream file = OpenToAppend(path);
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

    /// <summary>Gives a file the name of another, which is there or not, in one step.</summary>
    public static void Replace(string path, string replaced)
    {
        if (File.Exists(replaced))
            File.Replace(path, replaced, null);
        else
            File.Move(path, replaced);
    }

    private static FileStream OpenToAppend(string path)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < MostTries && File.Exists(path))
            {
                Thread.Sleep(s_step);
            }
        }
    }
}
