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
/// else. The path of a file object is that file. One bad path is one error; the rest go on.
/// </summary>
internal sealed class DocumentPathResolver(PSCmdlet cmdlet, PipelineWriter writer)
{
    private static readonly char[] s_wildcards = ['*', '?', '['];

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

        if (!wildcards || MarkedText.ObjectPath.Has(path))
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
        catch (Exception unresolvable) when (FileSystemPath.IsUnresolvable(unresolvable))
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
            return Fail(ErrorTable.FileMissing(pattern, folder, $"The folder '{folder}' does not exist."));

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
        string? full = FileSystemPath.Find(cmdlet.SessionState, path);
        return Fail(full is null
            ? ErrorTable.NotFileSystemPath(path, null)
            : ErrorTable.FileMissing(path, full));
    }

    /// <summary>The file or folder that a path names, when it exists, else null.</summary>
    private FileSystemInfo? AsExisting(string path) => FileSystemPath.Find(cmdlet.SessionState, path) switch
    {
        null => null,
        { } full when File.Exists(full) => new FileInfo(full),
        { } full when Directory.Exists(full) => new DirectoryInfo(full),
        _ => null,
    };

    private IEnumerable<FileInfo> Fail(ErrorRecord error)
    {
        writer.WriteError(error);
        return [];
    }
}
