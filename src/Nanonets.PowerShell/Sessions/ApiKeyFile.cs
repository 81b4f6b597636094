using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Uploading;

namespace Nanonets.Sessions;

/// <summary>Why a key file is not used: in which words, and what mends it.</summary>
internal sealed class ApiKeyFileException(string message, string? remedy = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The command that mends it; null where there is none.</summary>
    public string? Remedy { get; } = remedy;
}

/// <summary>
/// A file that holds the API key on one line and nothing else. No other account may be able to read or change it (on Unix only its
/// owner; on Windows only the running account, SYSTEM and Administrators). Otherwise the error shows the command that fixes it.
/// </summary>
internal static class ApiKeyFile
{
    /// <summary>Far above any key: what is larger is some other file.</summary>
    private const int Largest = 4096;

    /// <param name="path">A full path.</param>
    /// <exception cref="ApiKeyFileException">It is missing, open to others, or holds no key.</exception>
    public static string Read(string path)
    {
        try
        {
            SpecialFile.EnsureNot(path);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            EnsurePrivate(path, stream);
            if (stream.Length > Largest)
                throw new ApiKeyFileException($"'{path}' is too large to be a file with an API key.");

            using var reader = new StreamReader(stream);
            string[] lines = [.. reader.ReadToEnd().Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
            return lines.Length == 1
                ? lines[0]
                : throw new ApiKeyFileException($"'{path}' must hold the API key on one line and nothing else.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException or InvalidOperationException)
        {
            throw new ApiKeyFileException($"The key file '{path}' cannot be read: {unreadable.Message}", null, unreadable);
        }
    }

#if !NETSTANDARD2_0
    /// <summary>Looks at the opened file, not at its name, which may lead elsewhere a moment later.</summary>
    private static void EnsurePrivate(string path, FileStream stream)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows())
            EnsurePrivateOnWindows(path, WindowsSecurity.Of(stream));
        else if ((File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0)
            throw new ApiKeyFileException(
                $"The key file '{path}' can be read by other accounts of this machine.", $"chmod 600 '{path.Replace("'", "'\\''")}'");
    }
#else
    private static void EnsurePrivate(string path, FileStream stream) => EnsurePrivateOnWindows(path, WindowsSecurity.Of(stream));
#endif

#if !NETSTANDARD2_0
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    private static void EnsurePrivateOnWindows(string path, WindowsSecurity security)
    {
        IReadOnlyCollection<string> strangers = AccessList.Strangers(security.Descriptor, security.Account, WindowsSecurity.SidOf);
        if (strangers.Count > 0)
            throw new ApiKeyFileException(
                $"The key file '{path}' can be read by accounts other than yours, SYSTEM and Administrators: "
                    + $"{string.Join(", ", strangers)}.",
                AccessList.Remedy(path, security.Account, strangers));
    }
}
