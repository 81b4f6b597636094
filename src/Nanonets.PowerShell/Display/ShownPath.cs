using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Sending;

namespace Nanonets.Display;

/// <summary>Paths as a person at a prompt reads them. Errors and results have full paths: scripts use those.</summary>
internal static class ShownPath
{
    /// <summary>A path as seen from the current location where it lies below it, else as it is.</summary>
    public static string Of(string path, SessionState session)
    {
        string location = session.Path.CurrentFileSystemLocation.ProviderPath.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.Length > location.Length && path.StartsWith(location, StringComparison.Ordinal) ? path.Substring(location.Length) : path;
    }

    /// <summary>A document with its size.</summary>
    public static string Of(UploadItem item, SessionState session)
    {
        string source = Of(item.Source.ToString(), session);
        return item.Bytes is { } bytes ? $"{source} ({FileSize.Format(bytes)})" : source;
    }
}
