using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests.Support;

/// <summary>Journals that come back from a backup, and models other than the lab's own.</summary>
internal static class LabJournals
{
    /// <summary>A model that no account has.</summary>
    public const string UnknownModel = "00000000-dead-4bad-8bad-00000000dead";

    /// <summary>What a backup of the journal holds.</summary>
    public static Task<byte[]> BackUpAsync(this Lab lab) => File.ReadAllBytesAsync(lab.JournalPath, TestContext.Current.CancellationToken);

    /// <summary>
    /// Puts a backup in the place of the journal, as a person does after the disk died: what lies beside the journal stays.
    /// </summary>
    public static async Task RestoreAsync(this Lab lab, byte[] backup)
    {
        File.Delete(lab.JournalPath + "-wal");
        File.Delete(lab.JournalPath + "-shm");
        await File.WriteAllBytesAsync(lab.JournalPath, backup, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// What a backup of the folder holds: the journal, its log and the mark beside it, also while a run is writing them. The locks of runs
    /// are held, and left out.
    /// </summary>
    public static async Task<Dictionary<string, byte[]>> BackUpFolderAsync(this Lab lab)
    {
        var backup = new Dictionary<string, byte[]>();
        foreach (string path in Directory.EnumerateFiles(lab.Folder)
            .Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, TestContext.Current.CancellationToken);
            backup[path] = content.ToArray();
        }

        return backup;
    }

    /// <summary>Puts a backup of the folder in its place: everything in it is as it was then.</summary>
    public static async Task RestoreFolderAsync(this Lab lab, Dictionary<string, byte[]> backup)
    {
        foreach (string path in Directory.EnumerateFiles(lab.Folder))
            File.Delete(path);
        foreach ((string path, byte[] content) in backup)
            await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a night with documents of another model of the same account.</summary>
    public static async Task<Night> OtherModelNightAsync(this Lab lab, IReadOnlyCollection<UploadSource> documents)
    {
        string own = lab.Emulator.Options.ModelId;
        lab.Emulator.Options.ModelId = "9d2b7c10-4a5e-4f3b-8c6d-1e0f2a3b4c5d";
        try
        {
            return await lab.NightAsync(documents);
        }
        finally
        {
            lab.Emulator.Options.ModelId = own;
        }
    }

    /// <summary>A document for a model of one's choice.</summary>
    public static SendRequest JobFor(this Lab lab, string modelId, UploadSource document)
    {
        _ = lab;
        return new SendRequest(modelId, [new Document(document)]);
    }

    /// <summary>How a night ended, for the message of a failed test.</summary>
    public static string Describe(this Night night) =>
        $"{string.Join(", ", night.Ends.GroupBy(static end => end.Outcome.End).Select(static same => $"{same.Key} {same.Count()}"))}; "
            + $"stopped by: {night.Run.StopReason?.Message ?? "nothing"}";
}
