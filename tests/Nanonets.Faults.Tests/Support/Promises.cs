using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// What holds after every night, whatever went wrong in it: nothing is lost, nothing is billed twice, each document ends in exactly one
/// way, the totals add up, nobody's result is given to another, and the key is nowhere.
/// </summary>
internal sealed class Promises(Lab lab)
{
    /// <summary>Contents that the user had sent twice by a word of his own.</summary>
    public HashSet<string> MayBeChargedTwice { get; } = [];

    public async Task CheckAsync(Night night, IReadOnlyList<Document> documents)
    {
        CheckEnds(night, documents);
        CheckCharges(night);
        CheckResults(night);
        if (night.IsDurable)
            CheckJournal(night);
        await CheckSecretsAsync(night);
    }

    /// <summary>SHA-256 of a document as it is on the disk; null when it is not there or belongs to somebody else.</summary>
    public static string? HashOf(UploadSource source)
    {
        try
        {
            return source.SourcePath is { } path && File.Exists(path)
                ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void CheckEnds(Night night, IReadOnlyList<Document> documents)
    {
        // Whoever cancels hears only of what had begun.
        int ended = night.Cancel.IsCancellationRequested ? night.Ends.Count : documents.Count;
        Assert.Equal(ended, night.Ends.Count);
        Assert.Equal(ended, night.Ends.Select(static end => end.Document).Distinct().Count());
        Assert.Equal(ended, night.Tally.Documents);
        Assert.All(night.Ends.GroupBy(static end => end.Outcome.End), same => Assert.Equal(same.Count(), night.Tally[same.Key]));
        Assert.StartsWith($"{ended:N0} document(s): ", night.Tally.ToString());
        Assert.All(night.Ends, static end => Assert.True(end.Outcome.HasPages || end.Outcome.Error is not null
            || end.Outcome.End is SendingEnd.Unsent or SendingEnd.Cancelled or SendingEnd.LeftOut,
            $"{end.Document.Source} ended as {end.Outcome.End} without a reason."));
        Assert.All(night.Ends.Where(static end => end.Outcome.End == SendingEnd.Held),
            static end => Assert.Equal(NanonetsErrorId.UploadAmbiguous, end.Outcome.Error!.ErrorId));
    }

    private void CheckCharges(Night night)
    {
        Assert.Empty(lab.Emulator.Billing.ChargedTwice.Except(MayBeChargedTwice));
        Assert.DoesNotContain(night.Warnings, static warning => warning.Contains("UploadDuplicated", StringComparison.Ordinal));
    }

    /// <summary>An id that is given for a document is the id of that document, not of one that looks like it.</summary>
    private void CheckResults(Night night)
    {
        Dictionary<string, Charge> charges = lab.Emulator.Billing.Charges.ToDictionary(static charge => charge.RequestFileId);
        foreach ((Document document, SendingOutcome outcome) in night.Ends.Where(static end => end.Outcome.HasPages))
        {
            string id = outcome.RequestFileId ?? string.Empty;
            Assert.True(charges.TryGetValue(id, out Charge? charge), $"{document.Source} got the id {id}, which nothing was charged for.");
            if (HashOf(document.Source) is { } hash)
                Assert.True(hash == charge.Sha256, $"{document.Source} got the id of {charge.FileName}.");
        }
    }

    /// <summary>
    /// Whatever was charged is accepted in the journal, or is open there and will be looked for: it is never taken for unsent.
    /// </summary>
    private void CheckJournal(Night night)
    {
        string origin = new NanonetsClientOptions("key") { BaseUri = lab.Emulator.ApiUri }.BaseUri.ToString();
        Dictionary<string, JournalEntry> entries = lab.Entries().Where(entry => entry.Origin == origin)
            .GroupBy(static entry => entry.ContentHash).ToDictionary(static same => same.Key, static same => same.First());
        foreach (Charge charge in lab.Emulator.Billing.Charges)
        {
            if (entries.TryGetValue(charge.Sha256, out JournalEntry? entry))
                Assert.True(entry.IsUnresolved || (entry.IsDone && entry.RequestFileId == charge.RequestFileId),
                    $"{charge.FileName} was charged and is {entry} in the journal.");
        }

        // No document of this night is lost: each is in the journal as what it was told to be. Where the journal itself failed, it is open
        // at least.
        bool failed = night.Run.StopReason?.ErrorId == NanonetsErrorId.JournalUnavailable;
        foreach ((Document document, SendingOutcome outcome)
            in night.Ends.Where(static end => end.Outcome.HasPages || end.Outcome.End == SendingEnd.Held))
        {
            if (document.Source.ContentHash is not { } hash || !entries.TryGetValue(hash, out JournalEntry? entry))
                continue;
            Assert.True(outcome.HasPages ? entry.IsDone || (failed && entry.IsUnresolved) : entry.IsUnresolved,
                $"{document.Source} ended as {outcome.End} and is {entry.State} in the journal.");
        }
    }

    private async Task CheckSecretsAsync(Night night)
    {
        string key = lab.Emulator.Options.ApiKey;
        string[] secrets = [key, Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))];
        foreach (string word in night.Words)
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, word, StringComparison.Ordinal));
        foreach (string path in Directory.EnumerateFiles(lab.Folder))
        {
            string text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }
}
