using System.IO;
using System.Linq;

namespace Nanonets.Sending;

/// <summary>A document on its way through the cmdlet: what is sent, and what an error about it has as its target, to be piped in again.</summary>
internal sealed class UploadItem
{
    private UploadItem(UploadSource source, object target) => (Source, Target) = (source, target);

    public UploadSource Source { get; }

    public object Target { get; }

    /// <summary>Size when it was looked at; it is measured again when it is opened. Unknown for an address.</summary>
    public long? Bytes { get; set; }

    /// <summary>Its pages: counted or estimated where that matters, else 1.</summary>
    public int Pages { get; set; } = 1;

    public static UploadItem Of(FileInfo file) => new(UploadSource.FromPath(file.FullName), file);

    /// <summary>What is no file can be piped in again as the source it is.</summary>
    public static UploadItem Of(UploadSource source) => new(source, source);

    /// <summary>One target for several documents: the only one, or an array, of files where all are.</summary>
    public static object TargetOf(UploadItem[] items)
    {
        if (items.Length == 1)
            return items[0].Target;
        object[] targets = [.. items.Select(static item => item.Target)];
        return targets.All(static target => target is FileInfo) ? targets.Cast<FileInfo>().ToArray() : targets;
    }
}
