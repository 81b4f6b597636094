using System;

namespace Nanonets.Journal.Files;

/// <summary>The forms of a Windows path that name a device or another machine; read as text, to be tested on every system.</summary>
internal static class DevicePath
{
    private const int PrefixLength = 4;

    /// <summary>
    /// Whether a path leads to another machine: <c>\\server\share</c>, also as <c>\\?\UNC\server\share</c> or <c>\\.\UNC\server\share</c>.
    /// Of devices only drives and volumes are known to be of this machine.
    /// </summary>
    public static bool IsElsewhere(string path)
    {
        string windows = path.Replace('/', '\\');
        if (!windows.StartsWith(@"\\", StringComparison.Ordinal))
            return false;

        string named = WithoutPrefix(windows);
        return named.Length == windows.Length || !(IsDrive(named) || IsVolume(named));
    }

    /// <summary>A path without the prefix that makes it a device's: <c>C:\x</c> for <c>\\?\C:\x</c>.</summary>
    public static string WithoutPrefix(string path) => IsDevice(path) ? path.Substring(PrefixLength) : path;

    /// <summary>
    /// The path that the text of a link means; null for no link, and for a volume without a drive letter: the folder it is mounted in is
    /// its only path.
    /// </summary>
    public static string? OfLink(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        string named = text!.StartsWith(@"\??\", StringComparison.Ordinal) ? text.Substring(PrefixLength) : WithoutPrefix(text);
        if (named.Length == text.Length)
            return text;
        if (named.StartsWith(@"UNC\", StringComparison.OrdinalIgnoreCase))
            return $@"\\{named.Substring(PrefixLength)}";
        return IsVolume(named) ? null : named;
    }

    private static bool IsDevice(string path) =>
        path.StartsWith(@"\\?\", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal);

    private static bool IsDrive(string path) => path.Length >= 2 && path[1] == ':';

    private static bool IsVolume(string path) => path.StartsWith("Volume{", StringComparison.OrdinalIgnoreCase);
}
