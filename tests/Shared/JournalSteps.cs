using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Tests.Conformance;

/// <summary>Documents that a test takes through a journal, by the names of the steps.</summary>
internal static class JournalSteps
{
    public const string Origin = "https://app.nanonets.com/api/v2/";
    public const string Model = "m";
    public static readonly DateTimeOffset Noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static JournalEntry Planned(string content) =>
        JournalEntry.Planned(new DocumentKey(Origin, Model, content), $"{content}.pdf", $"/in/{content}.pdf", 100);

    public static Task<JournalAnswer> BeginAsync(IJournalRun run, string content) =>
        run.BeginAsync(Planned(content), ResendScope.None, Noon, Cancel);

    public static async Task<JournalEntry> BringToAsync(IUploadJournal journal, IJournalRun run, string state, string content)
    {
        JournalEntry entry = (await BeginAsync(run, content)).Entry;
        string[] changes = state switch
        {
            "Planned" => [],
            "Sending" => ["Starting"],
            "Ambiguous" => ["Starting", "Ambiguous"],
            "Held" => ["Starting", "Held"],
            "Finished" => ["Starting", "Accepted", "Finished"],
            "Failed" => ["Discarded"],
            _ => ["Starting", state],
        };
        foreach (string change in changes)
            await run.RecordAsync(entry.EntryId, Change(change) with { At = Noon }, Cancel);
        return Stored(journal, entry);
    }

    public static JournalEntry Stored(IUploadJournal journal, JournalEntry entry) =>
        journal.Query(new JournalQuery { EntryId = entry.EntryId }).Single();

    public static UploadChange Change(string name)
    {
        DateTimeOffset at = Noon.AddHours(1);
        return name switch
        {
            "Starting" => new UploadChange.Starting(at, "nn1.0123456789abcdef0123.1"),
            "NotSent" => new UploadChange.NotSent(at, 1),
            "NotPosted" => new UploadChange.NotSent(at, 0),
            "Ambiguous" => new UploadChange.Ambiguous(at, 1, "reset"),
            "Held" => new UploadChange.Held(at, "not found"),
            "Accepted" => new UploadChange.Accepted(at, 1, "file-1", 1),
            "Found" => new UploadChange.Accepted(at, 0, "file-1", null),
            "Refused" => new UploadChange.Refused(at, 1, "IncorrectImage", "no picture"),
            "RefusedForGood" => new UploadChange.Refused(at, 1, "IncorrectImage", "no picture") { IsLastWord = true },
            "Finished" => new UploadChange.Finished(at, 2, 0),
            "Finished with errors" => new UploadChange.Finished(at, 2, 1),
            "Adopted" => new UploadChange.Adopted(at, "file-1"),
            "SentAgain" => new UploadChange.SentAgain(at),
            "Discarded" => new UploadChange.Discarded(at),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such change."),
        };
    }
}
