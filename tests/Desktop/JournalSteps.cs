using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Desktop.Check;

/// <summary>The journal's library, loaded as the module loads it in Windows PowerShell; only its native part comes over the search path of this system.</summary>
internal static class JournalSteps
{
    public static async Task<string> RunAsync(string module, string path)
    {
        IJournalLibrary library = Load(module);
        var key = new DocumentKey("https://service.example/api/v2/", "model", "content");
        var intent = new UploadIntent(key, "a.pdf", path, 100);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using (IUploadJournal journal = library.Open(path))
        {
            using IJournalRun run = await journal.StartRunAsync(CancellationToken.None).ConfigureAwait(false);
            JournalAnswer begun = await run.BeginAsync(intent, ResendScope.None, now, CancellationToken.None).ConfigureAwait(false);
            CheckException.Unless(begun.Verdict == JournalVerdict.Begun, $"at first {begun.Verdict}");
            await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Starting(now, "nn1.content.1"), CancellationToken.None).ConfigureAwait(false);
            await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Accepted(now, 1, "file", 1), CancellationToken.None).ConfigureAwait(false);
        }

        using (IUploadJournal journal = library.Open(path))
        {
            using IJournalRun run = await journal.StartRunAsync(CancellationToken.None).ConfigureAwait(false);
            JournalVerdict verdict = (await run.BeginAsync(intent, ResendScope.None, now, CancellationToken.None).ConfigureAwait(false)).Verdict;
            CheckException.Unless(verdict == JournalVerdict.Done, $"the second time {verdict}");
        }

        using IUploadJournal shown = library.OpenReadOnly(path);
        JournalEntry entry = shown.Query(new JournalQuery()).Single();
        return $"{entry.Input}, {entry.State}, sent once";
    }

    private static IJournalLibrary Load(string module)
    {
        Type loader = Assembly.LoadFrom(Path.Combine(module, "desktop", "Nanonets.PowerShell.dll")).GetType("Nanonets.Journaling.JournalAssemblies", true);
        MethodInfo load = loader.GetMethod("Load", BindingFlags.Static | BindingFlags.NonPublic, null, [typeof(string)], null);
        var journal = (Assembly)load.Invoke(null, [Path.Combine(module, "journal", "desktop", "Nanonets.Journal.dll")]);
        return (IJournalLibrary)Activator.CreateInstance(journal.GetType("Nanonets.Journaling.SqliteJournalLibrary", true), true);
    }
}
