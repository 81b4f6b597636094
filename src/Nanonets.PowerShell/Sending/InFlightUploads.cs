using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Nanonets.Sending;

/// <summary>
/// What was handed to the service and not yet passed on to the consumer. When the pipeline is torn down, these are the documents
/// that may have been billed without anybody having seen their ids.
/// </summary>
internal sealed class InFlightUploads
{
    private readonly Dictionary<FileInfo, FileUploadOutcome?> _files = [];
    private readonly HashSet<Task> _uploads = [];

    public void Begin(IEnumerable<FileInfo> files, Task upload)
    {
        lock (_files)
        {
            foreach (FileInfo file in files)
                _files.Add(file, null);
            _uploads.Add(upload);
        }
    }

    public void Settled(FileInfo file, FileUploadOutcome outcome)
    {
        lock (_files)
            _files[file] = outcome;
    }

    public void PassedOn(FileInfo file)
    {
        lock (_files)
            _files.Remove(file);
    }

    public void End(Task upload)
    {
        lock (_files)
            _uploads.Remove(upload);
    }

    /// <summary>Waits until the uploads have their outcome, not until anybody took it.</summary>
    public void Settle(TimeSpan limit)
    {
        Task[] uploads;
        lock (_files)
            uploads = [.. _uploads];
        Task.WaitAny([Task.WhenAll(uploads)], limit);
    }

    /// <summary>A sentence about what was cut off; null when nothing can have been lost.</summary>
    public string? Describe()
    {
        List<string> lines;
        lock (_files)
        {
            lines = [.. _files.Where(static entry => MayBeBilled(entry.Value)).Select(static entry => Describe(entry.Key, entry.Value))];
        }

        return lines.Count == 0
            ? null
            : $"The pipeline ended before the answers to {lines.Count} upload(s) were passed on. They may have been billed; look before sending again: "
                + string.Join("; ", lines);
    }

    private static bool MayBeBilled(FileUploadOutcome? outcome) => outcome?.Class is null or UploadClass.Accepted or UploadClass.Ambiguous;

    private static string Describe(FileInfo file, FileUploadOutcome? outcome)
    {
        string? id = outcome?.Pages.FirstOrDefault()?.RequestFileId;
        return id is null ? file.FullName : $"{file.FullName} (accepted as {id})";
    }
}
