using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Nanonets.Journal.Files;

/// <summary>The volume that holds a folder.</summary>
/// <param name="FileSystem">Type of its file system, as the system names it.</param>
/// <param name="IsNetwork">Whether the system itself says that it is on the network.</param>
/// <param name="Label">Its label; null where there is none.</param>
internal sealed record MountedVolume(string FileSystem, bool IsNetwork = false, string? Label = null)
{
    private const string Mounts = "/proc/self/mounts";

    /// <summary>The volume of a folder; null when the system does not say.</summary>
    /// <param name="folder">Full path without links.</param>
    public static MountedVolume? Of(string folder)
    {
        try
        {
            // On Linux the list of mounts names every user-mode file system; the other call only knows "fuse".
            return File.Exists(Mounts) ? FromMounts(File.ReadLines(Mounts), folder) : FromDrive(new DriveInfo(DriveOf(folder)));
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Finds the mount that holds a folder in a list of mounts.</summary>
    /// <param name="lines">Lines of <c>/proc/self/mounts</c>: device, mount point, type, options.</param>
    /// <param name="folder">Full path without links.</param>
    public static MountedVolume? FromMounts(IEnumerable<string> lines, string folder)
    {
        string longest = string.Empty;
        string? fileSystem = null;
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            if (fields.Length < 3)
                continue;

            // Of two mounts on one point the later one hides the other.
            string point = Unescape(fields[1]);
            if (point.Length >= longest.Length && Holds(point, folder))
                (longest, fileSystem) = (point, fields[2]);
        }

        return fileSystem is null ? null : new MountedVolume(fileSystem);
    }

    private static MountedVolume FromDrive(DriveInfo drive) =>
        new(drive.DriveFormat, drive.DriveType == DriveType.Network, Path.DirectorySeparatorChar == '\\' ? drive.VolumeLabel : null);

    /// <summary>On Windows the drive; elsewhere any folder of the volume does.</summary>
    private static string DriveOf(string folder) =>
        Path.DirectorySeparatorChar == '\\' ? Path.GetPathRoot(DevicePath.WithoutPrefix(folder))! : folder;

    private static bool Holds(string point, string folder) =>
        point == "/" || folder == point || (folder.StartsWith(point, StringComparison.Ordinal) && folder[point.Length] == '/');

    /// <summary>Spaces and the like are written as three octal digits after a backslash.</summary>
    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0)
            return text;

        byte[] raw = Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\' && i + 3 < raw.Length && IsOctal(raw[i + 1]) && IsOctal(raw[i + 2]) && IsOctal(raw[i + 3]))
            {
                bytes.Add((byte)(((raw[i + 1] - '0') << 6) | ((raw[i + 2] - '0') << 3) | (raw[i + 3] - '0')));
                i += 3;
            }
            else
            {
                bytes.Add(raw[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool IsOctal(byte character) => character is >= (byte)'0' and <= (byte)'7';
}
