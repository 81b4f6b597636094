using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Errors;
using Nanonets.Http;

namespace Nanonets.Binding;

/// <summary>
/// Resolves paths to files through the engine, so that brackets, drives and the current location mean what they mean everywhere
/// else. One bad path is one error; the rest go on.
/// </summary>
internal sealed class DocumentPathResolver(PSCmdlet cmdlet, PipelineWriter writer)
{
    /// <summary>
    /// A folder that the engine resolved to itself, with the drive that was current then: what else is in it need not be asked for. The engine looks the drive up for every path,
    /// which on Unix is a reading of the table of mounts, and costs more than the rest of a small upload.
    /// </summary>
    private (PSDriveInfo Drive, string Folder)? _plainFolder;

    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
    private static readonly char[] s_wildcards = ['*', '?', '['];
    private static readonly char[] s_special = [':', '~', '`', '*', '?', '\\', '/'];

    /// <summary>The files a path names, in the order of the provider.</summary>
    /// <param name="path">Literal or with wildcards. A path that names an existing file as it stands is that file, brackets or not.</param>
    /// <param name="wildcards">False to take the path literally.</param>
    public IEnumerable<FileInfo> Resolve(string path, bool wildcards)
    {
        if (string.IsNullOrWhiteSpace(path))
            return Fail(ErrorTable.FileMissing(path, path, "The path is empty."));

        if (AddressTransformationAttribute.IsAddress(path))
            return Fail(ErrorTable.PathIsAddress());

        if (AsExisting(path) is { } literal)
            return OneItem(literal);

        if (!wildcards)
            return Missing(path);

        bool isPattern = WildcardPattern.ContainsWildcardCharacters(path);
        if (!isPattern && AsExisting(WildcardPattern.Unescape(path)) is { } unescaped)
            return OneItem(unescaped);

        return isPattern ? Expand(path) : Missing(WildcardPattern.Unescape(path));
    }

    private IEnumerable<FileInfo> Expand(string pattern)
    {
        Collection<string> matches;
        ProviderInfo provider;
        try
        {
            matches = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out provider);
        }
        catch (ItemNotFoundException)
        {
            return NoMatch(pattern);
        }
        catch (Exception unresolvable) when (IsUnresolvable(unresolvable))
        {
            return Fail(ErrorTable.NotFileSystemPath(pattern, unresolvable));
        }

        if (!FileSystemPath.Is(provider))
            return Fail(ErrorTable.NotFileSystemPath(pattern, null));

        var files = new List<FileInfo>();
        foreach (string match in matches)
        {
            if (File.Exists(match))
                files.Add(new FileInfo(match));
            else
                cmdlet.WriteVerbose(PlainText.Printable($"Skipped the folder {match}."));
        }

        return files.Count == 0 ? NoMatch(pattern) : files;
    }

    private IEnumerable<FileInfo> NoMatch(string pattern)
    {
        // Piped text is a list of files somebody means; a pattern typed by hand may well match nothing today.
        if (cmdlet.MyInvocation.ExpectingInput)
            return Missing(pattern);

        // But not the folder that it is looked for in.
        if (FixedFolder(pattern) is { } folder && AsExisting(folder) is not DirectoryInfo)
            return Fail(ErrorTable.FileMissing(pattern, folder, $"There is no folder '{folder}'."));

        cmdlet.WriteVerbose(PlainText.Printable($"No file matches {pattern}."));
        return [];
    }

    /// <summary>The part of a pattern before its first wildcard, up to a folder; null when there is none.</summary>
    private static string? FixedFolder(string pattern)
    {
        int end = pattern.LastIndexOfAny(['/', '\\'], pattern.IndexOfAny(s_wildcards));
        return end > 0 ? WildcardPattern.Unescape(pattern.Substring(0, end)) : null;
    }

    private IEnumerable<FileInfo> OneItem(FileSystemInfo item)
    {
        if (item is FileInfo file)
            return [file];

        if (!cmdlet.MyInvocation.ExpectingInput)
            return Fail(ErrorTable.PathIsFolder((DirectoryInfo)item));

        cmdlet.WriteVerbose(PlainText.Printable($"Skipped the folder {item.FullName}."));
        return [];
    }

    private IEnumerable<FileInfo> Missing(string path)
    {
        string? full = ProviderPath(path);
        return Fail(full is null
            ? ErrorTable.NotFileSystemPath(path, null)
            : ErrorTable.FileMissing(path, full));
    }

    /// <summary>The file or folder that a path names, when it exists, else null.</summary>
    private FileSystemInfo? AsExisting(string path) => ProviderPath(path) switch
    {
        null => null,
        { } full when File.Exists(full) => new FileInfo(full),
        { } full when Directory.Exists(full) => new DirectoryInfo(full),
        _ => null,
    };

    private string? ProviderPath(string path)
    {
        int name = path.LastIndexOfAny(s_separators) + 1;
        if (name == 0 || !IsPlainName(path, name))
            return AskEngine(path);

        PSDriveInfo drive = cmdlet.SessionState.Drive.Current;
        if (_plainFolder is { } known && ReferenceEquals(known.Drive, drive) && known.Folder.Length == name && path.StartsWith(known.Folder, StringComparison.Ordinal))
            return path;

        string? full = AskEngine(path);
        _plainFolder = full == path ? (drive, path.Substring(0, name)) : null;
        return full;
    }

    /// <summary>Whether the last part of a path is a name that no file system and no provider reads as anything else.</summary>
    private static bool IsPlainName(string path, int start) =>
        start < path.Length && path.IndexOfAny(s_special, start) < 0 && path[path.Length - 1] is not ('.' or ' ');

    private string? AskEngine(string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return FileSystemPath.Is(provider) ? full : null;
        }
        catch (Exception unresolvable) when (IsUnresolvable(unresolvable))
        {
            // No such drive or provider: the caller reports the path by name.
            return null;
        }
    }

    private IEnumerable<FileInfo> Fail(ErrorRecord error)
    {
        writer.WriteError(error);
        return [];
    }

    /// <summary>What the engine, and below it the .NET Framework, says of a path that no file can have.</summary>
    private static bool IsUnresolvable(Exception failure) =>
        failure is RuntimeException or ArgumentException or NotSupportedException or IOException;
}
