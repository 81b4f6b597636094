using System;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>What shows that a file was changed: its size and when it was written to last.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    /// <returns>Null when there is no such file.</returns>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
