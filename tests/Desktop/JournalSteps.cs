using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Desktop.Check;

/// <summary>The journal's library, loaded as in Windows PowerShell; only its native part comes over this system's search path.</summary>
internal static class JournalSteps
{
    public static async Task<string> RunAsync(string module, string path)
    {
        IJournalLibrary library = Load(module);
        var key = new DocumentKey("https://service.example/api/v2/", "model", "content");
        var planned = JournalEntry.Planned(key, "a.pdf", path, 100);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using (IUploadJournal journal = library.Open(JournalLocation.OfFile(path)))
        {
            using IJournalRun run = await journal.StartRunAsync(CancellationToken.None).ConfigureAwait(false);
            JournalAnswer begun = await run.BeginAsync(planned, ResendScope.None, now, CancellationToken.None).ConfigureAwait(false);
            CheckException.Unless(begun.Verdict == JournalVerdict.Begun, $"at first {begun.Verdict}");
            UploadChange[] changes = [new UploadChange.Starting(now, "nn1.content.1"), new UploadChange.Accepted(now, 1, "file", 1)];
            foreach (UploadChange change in changes)
                await run.RecordAsync(begun.Entry.EntryId, change, CancellationToken.None).ConfigureAwait(false);
        }

        using (IUploadJournal journal = library.Open(JournalLocation.OfFile(path)))
        {
            using IJournalRun run = await journal.StartRunAsync(CancellationToken.None).ConfigureAwait(false);
            JournalAnswer again = await run.BeginAsync(planned, ResendScope.None, now, CancellationToken.None).ConfigureAwait(false);
            CheckException.Unless(again.Verdict == JournalVerdict.Done, $"the second time {again.Verdict}");
        }

        using IUploadJournal shown = library.OpenReadOnly(JournalLocation.OfFile(path));
        JournalEntry entry = shown.Query(new JournalQuery()).Single();
        return $"{entry.Input}, {entry.State}, sent once";
    }

    private static IJournalLibrary Load(string module)
    {
        Type loader = Program.ModuleType(module, "Nanonets.JournalLoading.JournalAssemblies");
        MethodInfo load = loader.GetMethod("Load", BindingFlags.Static | BindingFlags.NonPublic, null, [typeof(string)], null);
        var journal = (Assembly)load.Invoke(null, [Path.Combine(module, "journal", "desktop", "Nanonets.Journal.dll")]);
        return (IJournalLibrary)Activator.CreateInstance(journal.GetType("Nanonets.Journal.SqliteJournalLibrary", true), true);
    }
}
