using System.IO;
using System.Linq;

namespace Nanonets.Sending;

/// <summary>A document on its way through the cmdlet: what is sent, and what an error about it has as its target, to be piped in again.</summary>
internal sealed class UploadItem
{
    public UploadItem(FileInfo file) => (Source, Target, Bytes) = (UploadSource.FromPath(file.FullName), file, file.Exists ? file.Length : 0);

    public UploadSource Source { get; }

    public object Target { get; }

    /// <summary>Size when it was taken up; it is measured again when it is opened.</summary>
    public long Bytes { get; }

    /// <summary>One target for several documents: the only one, or an array, of files where all are.</summary>
    public static object TargetOf(UploadItem[] items)
    {
        if (items.Length == 1)
            return items[0].Target;
        object[] targets = [.. items.Select(static item => item.Target)];
        return targets.All(static target => target is FileInfo) ? targets.Cast<FileInfo>().ToArray() : targets;
    }
}
