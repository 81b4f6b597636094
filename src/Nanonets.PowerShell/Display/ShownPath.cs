using System;
using System.IO;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Nanonets.Documents;

namespace Nanonets.Display;

/// <summary>Paths as a person at a prompt reads them. Errors and results have full paths: scripts use those.</summary>
internal static class ShownPath
{
    private static readonly ConditionalWeakTable<PSDriveInfo, Known> s_known = new();

    /// <summary>A path as seen from the current location where it lies below it, else as it is.</summary>
    public static string Of(string path, SessionState session)
    {
        string location = LocationOf(session);
        return path.Length > location.Length && path.StartsWith(location, StringComparison.Ordinal)
            ? path.Substring(location.Length)
            : path;
    }

    /// <summary>A document with its size.</summary>
    public static string Of(Document document, SessionState session)
    {
        string source = Of(document.Source.ToString(), session);
        return document.Bytes is { } bytes ? $"{source} ({FileSize.Format(bytes)})" : source;
    }

    /// <summary>
    /// The current location with a separator at its end. Remembered while the drive stays where it is: the engine looks the drive up each
    /// time, which costs more than the rest of a small upload.
    /// </summary>
    private static string LocationOf(SessionState session)
    {
        PSDriveInfo drive = session.Drive.Current;
        Known known = s_known.GetOrCreateValue(drive);
        if (known.Location != drive.CurrentLocation)
        {
            known.Folder = session.Path.CurrentFileSystemLocation.ProviderPath.TrimEnd(Path.DirectorySeparatorChar)
                + Path.DirectorySeparatorChar;
            known.Location = drive.CurrentLocation;
        }

        return known.Folder;
    }

    /// <summary>Where a drive was, and the folder that was then the current one.</summary>
    private sealed class Known
    {
        public string? Location { get; set; }

        public string Folder { get; set; } = string.Empty;
    }
}
