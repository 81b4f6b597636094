using System;
using System.IO;
using System.Text;

namespace Nanonets.Inbox;

/// <summary>Gives the rows of a run to whoever reads them: as a file of their own, or appended to one, whole or not at all.</summary>
internal static class RowsFile
{
    /// <summary>Another run may append just now: ten seconds.</summary>
    private const int MostTries = 200;

    private static readonly byte[] s_lineEnd = Encoding.UTF8.GetBytes(Environment.NewLine);

    /// <param name="staged">The rows; they are gone afterwards.</param>
    /// <param name="stamp">The name of a file of their own.</param>
    /// <returns>Where they are.</returns>
    public static string Publish(string staged, string stamp, InboxOptions options)
    {
        if (options.RowsPath is { } target && HeaderOf(target) is var known && (known is null || known == HeaderOf(staged)))
        {
            Append(staged, target, options.Below(".nanonets", "append.turn"));
            return target;
        }

        return DurableFile.RenameToFree(staged, options.Below("rows"), stamp, ".csv");
    }

    /// <summary>The line of column names; null when there is no such file, or nothing in it.</summary>
    public static string? HeaderOf(string path)
    {
        if (!File.Exists(path))
            return null;

        using var reader = new StreamReader(path, Encoding.UTF8);
        return reader.ReadLine();
    }

    /// <summary>
    /// The file is written anew beside its place and replaced. A run that ended just after that has left its rows, which stand there then.
    /// </summary>
    private static void Append(string staged, string target, string turn)
    {
        LockFile mine = Await(turn);
        try
        {
            byte[] rows = File.ReadAllBytes(staged);
            byte[] known = File.Exists(target) ? File.ReadAllBytes(target) : [];
            byte[] added = rows.AsSpan(rows.AsSpan().IndexOf((byte)'\n') + 1).ToArray();
            if (known.Length == 0)
                Replace(target, rows, []);
            else if (known.AsSpan().IndexOf(added) < 0)
                Replace(target, known, known[known.Length - 1] == '\n' ? added : [.. s_lineEnd, .. added]);
            File.Delete(staged);
        }
        finally
        {
            mine.Remove();
        }
    }

    private static void Replace(string target, byte[] known, byte[] added)
    {
        DurableFile.Write(target + ".new", [.. known, .. added]);
        DurableFile.Replace(target + ".new", target);
    }

    private static LockFile Await(string path) => Patience.Try(
        () => LockFile.TryTake(path, FileMode.OpenOrCreate) ?? throw new IOException("Other runs are writing to it all the time."),
        MostTries);
}
