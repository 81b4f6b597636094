using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using Nanonets.Async;
using Nanonets.Errors;

namespace Nanonets.Binding;

/// <summary>
/// Resolves paths to files through the engine, so that brackets, drives and the current location mean what they mean everywhere
/// else. One bad path is one error; the rest go on.
/// </summary>
internal sealed class DocumentPathResolver(PSCmdlet cmdlet, PipelineWriter writer)
{
    /// <summary>The files a path names, in the order of the provider.</summary>
    /// <param name="path">Literal or with wildcards. A path that names an existing file as it stands is that file, brackets or not.</param>
    /// <param name="wildcards">False to take the path literally.</param>
    public IEnumerable<FileInfo> Resolve(string path, bool wildcards)
    {
        if (string.IsNullOrWhiteSpace(path))
            return Fail(ErrorTable.FileMissing(path, new FileInfo("?"), "The path is empty."));

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
        catch (RuntimeException unresolvable)
        {
            return Fail(ErrorTable.NotFileSystemPath(pattern, unresolvable));
        }

        if (!IsFileSystem(provider))
            return Fail(ErrorTable.NotFileSystemPath(pattern, null));

        var files = new List<FileInfo>();
        foreach (string match in matches)
        {
            if (File.Exists(match))
                files.Add(new FileInfo(match));
            else
                cmdlet.WriteVerbose($"Skipped the folder {match}.");
        }

        return files.Count == 0 ? NoMatch(pattern) : files;
    }

    private IEnumerable<FileInfo> NoMatch(string pattern)
    {
        // Piped text is a list of files somebody means; a pattern typed by hand may well match nothing today.
        if (cmdlet.MyInvocation.ExpectingInput)
            return Missing(pattern);

        cmdlet.WriteVerbose($"No file matches {pattern}.");
        return [];
    }

    private IEnumerable<FileInfo> OneItem(string path)
    {
        if (File.Exists(path))
            return [new FileInfo(path)];

        if (!cmdlet.MyInvocation.ExpectingInput)
            return Fail(ErrorTable.PathIsFolder(new DirectoryInfo(path)));

        cmdlet.WriteVerbose($"Skipped the folder {path}.");
        return [];
    }

    private IEnumerable<FileInfo> Missing(string path)
    {
        string? full = ProviderPath(path);
        return Fail(full is null
            ? ErrorTable.NotFileSystemPath(path, null)
            : ErrorTable.FileMissing(path, new FileInfo(full), null));
    }

    /// <summary>The provider path when it names a file or folder that exists, else null.</summary>
    private string? AsExisting(string path)
    {
        string? full = ProviderPath(path);
        return full is not null && (File.Exists(full) || Directory.Exists(full)) ? full : null;
    }

    private string? ProviderPath(string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return IsFileSystem(provider) ? full : null;
        }
        catch (RuntimeException)
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

    private static bool IsFileSystem(ProviderInfo provider) => string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase);
}
