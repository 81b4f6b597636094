using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nanonets.Journal.Storage;

namespace Nanonets.Journal.Files;

/// <summary>
/// Refuses folders in which a journal cannot be trusted: on a network file system the locks that keep two runs apart may not hold, and a
/// synchronised folder is copied, and put back, while it is being written.
/// </summary>
internal sealed class FolderSafety(Func<string, MountedVolume?> volumeOf, Func<string, string?> environment)
{
    /// <summary>File systems whose storage is elsewhere, or shared with another machine.</summary>
    private static readonly HashSet<string> s_remote = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs4", "nfsd", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ncpfs", "9p", "v9fs", "virtiofs", "ceph",
        "glusterfs", "lustre", "gpfs", "beegfs",
        "ocfs2", "gfs2", "gfs", "coda", "davfs", "webdav", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "fuse", "fusefs", "osxfuse", "macfuse",
    };

    /// <summary>
    /// Names that synchronising programs give to their folders, alone or followed by an account (<c>OneDrive - Contoso</c>,
    /// <c>Dropbox (Personal)</c>).
    /// </summary>
    private static readonly (string Name, string Program)[] s_synced =
    [
        ("OneDrive", "OneDrive"), ("SkyDrive", "OneDrive"), ("Dropbox", "Dropbox"), ("Google Drive", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("My Drive", "Google Drive"), ("Shared drives", "Google Drive"), ("iCloudDrive", "iCloud"), ("iCloud Drive", "iCloud"),
        ("Mobile Documents", "iCloud"),
        ("CloudStorage", "a cloud storage provider"), ("Nextcloud", "Nextcloud"), ("ownCloud", "ownCloud"), ("Box Sync", "Box"),
    ];

    /// <summary>Files and folders that synchronising programs leave in the root of what they watch.</summary>
    private static readonly (string Name, string Program)[] s_markers =
    [
        (".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox"), (".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload", "Google Drive"), (".tmp.driveupload", "Google Drive"),
    ];

    private static readonly string[] s_oneDriveVariables = ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"];

    /// <summary>The machine as it is.</summary>
    public static FolderSafety OfThisMachine { get; } = new(MountedVolume.Of, Environment.GetEnvironmentVariable);

    /// <summary>Looks whether a journal can be where it is asked for.</summary>
    /// <exception cref="JournalFileException">It cannot.</exception>
    public void CheckPlace(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder || Directory.Exists(path))
            throw new JournalFileException("is a folder; use the path of a file");
        if (!Directory.Exists(folder))
            throw new JournalFileException($"cannot be created: the folder '{folder}' does not exist");
        if (Refusal(folder) is { } reason)
            throw new JournalFileException($"cannot be kept there: {reason}. Use a folder on a local disk that is not synchronised");
    }

    /// <summary>Why a journal cannot live in a folder; null when it can.</summary>
    /// <param name="folder">Full path of an existing folder.</param>
    public string? Refusal(string folder)
    {
        if (DevicePath.IsElsewhere(folder))
            return $"'{folder}' is on another machine";

        // A link may lead elsewhere: both the way and the place count.
        string real = RealPath.Of(folder);
        if (DevicePath.IsElsewhere(real))
            return $"'{folder}' leads to another machine ({real})";
        if (volumeOf(real) is { } volume && Remoteness(volume) is { } reason)
            return $"'{folder}' is on {reason}";
        return (Synchroniser(folder) ?? Synchroniser(real)) is { } program ? $"'{folder}' is synchronised by {program}" : null;
    }

    private static string? Remoteness(MountedVolume volume)
    {
        if (volume.IsNetwork)
            return $"a network drive ({volume.FileSystem})";
        if (string.Equals(volume.Label, "Google Drive", StringComparison.OrdinalIgnoreCase))
            return "Google Drive";

        // fuseblk is a local disk behind a user-mode driver (NTFS); everything else of fuse may be anywhere.
        return s_remote.Contains(volume.FileSystem) || volume.FileSystem.StartsWith("fuse.", StringComparison.OrdinalIgnoreCase)
            ? $"a network file system ({volume.FileSystem})"
            : null;
    }

    private string? Synchroniser(string folder)
    {
        if (s_oneDriveVariables.Any(name => environment(name) is { Length: > 0 } root && IsWithin(folder, root)))
            return "OneDrive";

        for (DirectoryInfo? part = new(folder); part is not null; part = part.Parent)
        {
            foreach ((string name, string program) in s_synced)
            {
                if (IsNamed(part.Name, name))
                    return program;
            }

            foreach ((string name, string program) in s_markers)
            {
                string marker = Path.Combine(part.FullName, name);
                if (File.Exists(marker) || Directory.Exists(marker))
                    return program;
            }
        }

        return null;
    }

    private static bool IsNamed(string part, string name) =>
        part.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (part.Length == name.Length || part[name.Length] == '-'
            || part.IndexOf(" -", name.Length, StringComparison.Ordinal) == name.Length
            || part.IndexOf(" (", name.Length, StringComparison.Ordinal) == name.Length);

    private static bool IsWithin(string folder, string root)
    {
        string trimmed = root.TrimEnd('/', '\\');
        return folder.StartsWith(trimmed, StringComparison.OrdinalIgnoreCase)
            && (folder.Length == trimmed.Length || folder[trimmed.Length] is '/' or '\\');
    }
}
