using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests.Support;

/// <summary>
/// A run as a process of its own: sends documents to a service that is a folder (a file for each charge), several at once, with a journal.
/// What is ambiguous it looks for and never sends without having looked. Killed at any instant, some run after it must leave each document
/// charged once.
/// </summary>
internal static class JournalWorker
{
    public const string Verb = "journal-worker";

    private const string Origin = "https://service.example/api/v2/";
    private const string Model = "model";
    private static readonly DateTimeOffset s_at = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Starts a worker.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="service">The folder that plays the service.</param>
    /// <param name="documents">How many documents there are.</param>
    /// <param name="pause">Milliseconds that an upload takes.</param>
    public static Process Start(string journal, string service, int documents, int pause)
    {
        string program = Path.Combine(
            AppContext.BaseDirectory, "Nanonets.Journal.Tests" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument
            in (string[])[Verb, journal, service, documents.ToString(CultureInfo.InvariantCulture),
                pause.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>How often each document was charged.</summary>
    public static Dictionary<string, int> Charges(string service) =>
        Directory.EnumerateFiles(service, "*.charge").GroupBy(static path => Path.GetFileName(path).Split('.')[0])
            .ToDictionary(static group => group.Key, static group => group.Count());

    /// <summary>
    /// Runs in the child process. Prints a line when it sends its first document, and how many it left to others at the end.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        (string service, int documents, int pause) =
            (args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
        using SqliteJournal journal = SqliteJournal.Open(args[0]);
        using IJournalRun run = await journal.StartRunAsync(CancellationToken.None);
        int elsewhere = 0;
        await Parallel.ForAsync(0, documents, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, cancellationToken) =>
        {
            string name = number.ToString("0000", CultureInfo.InvariantCulture);
            JournalAnswer answer = await run.BeginAsync(
                JournalEntry.Planned(new DocumentKey(Origin, Model, name), name + ".pdf", "/in/" + name + ".pdf", 1), ResendScope.None,
                s_at, cancellationToken);
            if (answer.Verdict == JournalVerdict.ElsewhereAlive)
                Interlocked.Increment(ref elsewhere);

            // Here the whole truth can be looked up, so that what is not there may be sent again.
            bool isThere = answer.Verdict == JournalVerdict.Ambiguous && Directory.EnumerateFiles(service, name + ".*").Any();
            if (isThere)
                await run.RecordAsync(answer.Entry.EntryId, new UploadChange.Accepted(s_at, 0, name, 1), cancellationToken);
            else if (answer.Verdict is JournalVerdict.Begun or JournalVerdict.Ambiguous)
                await SendAsync(run, answer.Entry, service, name, pause, cancellationToken);
        });
        Console.WriteLine($"done {elsewhere}");
        return 0;
    }

    private static async Task SendAsync(
        IJournalRun run, JournalEntry entry, string service, string name, int pause, CancellationToken cancellationToken)
    {
        await run.RecordAsync(entry.EntryId, new UploadChange.Starting(s_at, $"nn1.{name}.{entry.Attempts + 1}"), cancellationToken);
        await Task.Delay(pause / 2, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(service, $"{name}.{Guid.NewGuid():N}.charge"), string.Empty, cancellationToken);
        Console.WriteLine("sent " + name);
        await Task.Delay(pause / 2, cancellationToken);
        await run.RecordAsync(entry.EntryId, new UploadChange.Accepted(s_at, 1, name, 1), cancellationToken);
    }
}
