using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nanonets.Http;

namespace Nanonets.Inbox;

/// <summary>What lies in an inbox and is a document, the oldest first. Reads the inbox and nothing else.</summary>
internal sealed class InboxListing(InboxOptions options, Clock clock)
{
    /// <summary>Clocks of other machines may be wrong by less. A file from later than this has a time that tells nothing.</summary>
    private static readonly TimeSpan s_wrongClock = TimeSpan.FromHours(1);

    /// <summary>Nobody writes to a file that has been empty for longer.</summary>
    private static readonly TimeSpan s_longEmpty = TimeSpan.FromDays(1);

    private readonly FilePattern _ignore = new(options.Ignore);
    private readonly FilePattern _include = new(options.Include);

    /// <exception cref="IOException">The inbox cannot be read.</exception>
    public IReadOnlyList<InboxItem> Read()
    {
        var items = new List<InboxItem>();
        Read(new DirectoryInfo(options.Inbox), string.Empty, items);
        return [.. items.OrderBy(static item => item.Stamp.WrittenAt).ThenBy(static item => item.Input, StringComparer.Ordinal)];
    }

    private void Read(DirectoryInfo folder, string below, List<InboxItem> items)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is FileInfo file)
                Add(file, below, items);
            else if (options.Recurse && IsOfInbox((DirectoryInfo)entry))
                ReadBelow((DirectoryInfo)entry, Path.Combine(below, entry.Name), items);
        }
    }

    /// <summary>A folder that cannot be read stands in the run for what it holds.</summary>
    private void ReadBelow(DirectoryInfo folder, string below, List<InboxItem> items)
    {
        try
        {
            Read(folder, below, items);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            var item = new InboxItem(new FileInfo(folder.FullName), Path.GetDirectoryName(below) ?? string.Empty);
            item.Leave(Verdict.Of(
                InboxState.Waiting, nameof(NanonetsErrorId.SourceUnavailable), $"The folder cannot be read: {unreadable.Message}"));
            items.Add(item);
        }
    }

    private void Add(FileInfo file, string below, List<InboxItem> items)
    {
        if (_ignore.Matches(file.Name) || (!_include.IsEmpty && !_include.Matches(file.Name)) || IsOurs(file.FullName))
            return;

        var item = new InboxItem(file, below)
        {
            Stamp = new FileStamp(file.Length, file.LastWriteTimeUtc),
            IsOld = IsUnchangedFor(s_longEmpty, file),
        };
        if (OwnResult.OriginalOf(file) is { } original)
        {
            item.Leave(new Verdict(
                InboxState.Ignored, $"It is the result of '{original}' from an earlier run, and no document.", null,
                InboxAdvice.OwnResult));
        }
        else if (!IsUnchangedFor(options.MinimumAge, file))
        {
            item.Leave(new Verdict(InboxState.Waiting, $"It was changed less than {options.MinimumAge.TotalSeconds:0.#} s ago."));
        }

        items.Add(item);
    }

    private bool IsUnchangedFor(TimeSpan span, FileInfo file)
    {
        TimeSpan age = clock.UtcNow.UtcDateTime - file.LastWriteTimeUtc;
        return age >= span || age <= -s_wrongClock;
    }

    /// <summary>Links may lead round in a circle; a destination, of this inbox or of another, holds what was filed.</summary>
    private bool IsOfInbox(DirectoryInfo folder) =>
        (folder.Attributes & FileAttributes.ReparsePoint) == 0 && !_ignore.Matches(folder.Name)
        && !InboxPath.IsSame(folder.FullName, options.Destination) && !Directory.Exists(Path.Combine(folder.FullName, ".nanonets"));

    /// <summary>The journal, what it keeps beside itself, and the file of rows are no documents wherever they lie.</summary>
    private bool IsOurs(string path) =>
        options.Journal.Address is null && path.StartsWith(options.Journal.Name, InboxPath.Comparison)
        || (options.RowsPath is { } rows && path.StartsWith(rows, InboxPath.Comparison));
}
