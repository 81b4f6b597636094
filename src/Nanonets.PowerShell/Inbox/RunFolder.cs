using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Nanonets.Inbox;

/// <summary>
/// What a run has in the making: a folder in the destination, which the run holds by a lock on a file beside it. The system lets go of the
/// lock when the process ends in whatever way, so that a later run can tell what is abandoned, and finish it.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Extension = ".lock";
    private const int MostTries = 10;

    private readonly LockFile _held;

    private RunFolder(string path, LockFile held) => (FullPath, _held) = (path, held);

    public string FullPath { get; }

    /// <summary>When the run began, as <see cref="StampOf"/> has it.</summary>
    public string Stamp => Path.GetFileName(FullPath).Split('-')[0];

    /// <summary>Rows of the documents that were filed.</summary>
    public string RowsPath => Path.Combine(FullPath, "rows.csv");

    /// <summary>The result of the document that is being filed.</summary>
    public string ResultPath => Path.Combine(FullPath, "result.json");

    /// <summary>What is being done, written down before it is: see <see cref="FilingRecord"/>.</summary>
    public string RecordPath => Path.Combine(FullPath, "filing.json");

    /// <summary>The copy of an original from another volume.</summary>
    public string CopyPath => Path.Combine(FullPath, "original.part");

    /// <summary>The report until it is whole.</summary>
    public string ReportPath => Path.Combine(FullPath, "report.html");

    /// <summary>UTC date and time when a run began: the name of its file of rows, and of its report.</summary>
    public static string StampOf(DateTimeOffset startedAt) =>
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Makes the folder of a run.</summary>
    /// <param name="root">Where runs have their folders.</param>
    /// <param name="startedAt">When the run began.</param>
    public static RunFolder Create(string root, DateTimeOffset startedAt)
    {
        Directory.CreateDirectory(root);
        for (int tries = 1; ; tries++)
        {
            string path = Path.Combine(root, $"{StampOf(startedAt)}-{Guid.NewGuid():N}");
            if (LockFile.TryTake(path + Extension, FileMode.CreateNew) is { } held)
            {
                Directory.CreateDirectory(path);
                return new RunFolder(path, held);
            }

            if (tries == MostTries)
                throw new IOException($"No file can be locked in '{root}'.");
        }
    }

    /// <summary>The folders of runs that ended before they had finished. Whoever gets one holds it.</summary>
    public static IEnumerable<RunFolder> Abandoned(string root)
    {
        if (!Directory.Exists(root))
            yield break;

        foreach (string path in Directory.GetFiles(root, "*" + Extension))
        {
            if (LockFile.TryTake(path, FileMode.Open) is { } held)
                yield return new RunFolder(path.Substring(0, path.Length - Extension.Length), held);
        }
    }

    /// <summary>Nothing is in the making any more.</summary>
    public void Remove()
    {
        Patience.Try(() =>
        {
            if (Directory.Exists(FullPath))
                Directory.Delete(FullPath, recursive: true);
        });

        _held.Remove();
    }

    /// <summary>Lets go of it: what is left in it is a later run's.</summary>
    public void Dispose() => _held.Dispose();
}
