using System;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests.Support;

/// <summary>Documents that a test takes through the journal.</summary>
internal static class TestDocuments
{
    private static readonly DateTimeOffset s_noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    public const string Origin = "https://service.example/api/v2/";
    public const string Model = "model";

    public static DocumentKey Key(string content) => new(Origin, Model, content);

    public static JournalEntry Intent(string content) => JournalEntry.Planned(Key(content), content + ".pdf", $"/in/{content}.pdf", 100);

    public static Task<JournalAnswer> BeginAsync(IJournalRun run, string content) =>
        run.BeginAsync(Intent(content), ResendScope.None, s_noon, TestContext.Current.CancellationToken);

    public static async Task AcceptAsync(IJournalRun run, string content)
    {
        JournalAnswer begun = await BeginAsync(run, content);
        await run.RecordAsync(
            begun.Entry.EntryId, new UploadChange.Starting(s_noon, $"nn1.{content}.1"), TestContext.Current.CancellationToken);
        await run.RecordAsync(begun.Entry.EntryId, new UploadChange.Accepted(s_noon.AddSeconds(1), 1, "file-" + content, 1),
            TestContext.Current.CancellationToken);
    }
}
