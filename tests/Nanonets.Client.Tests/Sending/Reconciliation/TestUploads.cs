using System;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Client.Tests.Sending.Reconciliation;

/// <summary>Uploads as the journal's own rules make them: one whose answer was lost, and accepted ones beside it.</summary>
internal static class TestUploads
{
    public const string Origin = "https://app.nanonets.com/api/v2/";
    public const string Model = "m";
    public const string TagId = "0123456789abcdef0123";
    public static readonly DateTimeOffset Noon = new(2025, 3, 17, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The digest of the text that untagged uploads travel with.</summary>
    public static string Digest { get; } = DocumentKey.DigestOf("invoice 7");

    public static string TagOf(string tagId, int attempt = 1) => $"nn1.{tagId}.{attempt}";

    /// <summary>An upload whose answer was lost: it began at noon and ended a minute later.</summary>
    public static PendingUpload Lost(
        bool isTagged = true, string input = "a.pdf", string digest = "", int ambiguous = 1, int absences = 0, bool sharesTag = false,
        string tagId = TagId, DateTimeOffset? start = null, DateTimeOffset? end = null, string content = "aa", long id = 1)
    {
        JournalEntry entry = Entry(content, input, digest.Length == 0 && !isTagged ? Digest : digest, id);
        for (int attempt = 1; attempt <= ambiguous; attempt++)
        {
            entry = JournalRules.Apply(entry, new UploadChange.Starting(start ?? Noon, isTagged ? TagOf(tagId, attempt) : null));
            entry = JournalRules.Apply(entry, new UploadChange.Ambiguous(end ?? (start ?? Noon).AddMinutes(1), 1, "reset"));
        }

        return new PendingUpload(entry, tagId, sharesTag, TimeSpan.Zero, isOfThisRun: true) { Absences = absences };
    }

    /// <summary>An accepted upload.</summary>
    public static JournalEntry Accepted(string id, DateTimeOffset start, DateTimeOffset end, bool isTagged = true, string? digest = null)
    {
        JournalEntry entry = Entry(id, id + ".pdf", digest ?? (isTagged ? string.Empty : Digest), 0);
        string? tag = isTagged ? TagOf(TagIdOf(id)) : null;
        entry = JournalRules.Apply(entry, new UploadChange.Starting(start, tag));
        return JournalRules.Apply(entry, new UploadChange.Accepted(end, 1, id, 1));
    }

    /// <summary>An accepted upload as a listing shows it.</summary>
    public static ListedUpload Listed(JournalEntry entry) =>
        File(entry.RequestFileId!, entry.Input, entry.Answered!.Tag, entry.Key.MetadataDigest);

    public static ListedUpload File(string id, string? input, string? tag = null, string digest = "", DateTimeOffset? at = null) =>
        new(id, input, Nanonets.Sending.UploadTag.Read(tag), digest, at);

    private static string TagIdOf(string id) => DocumentKey.Hex(DocumentKey.Sha256(System.Text.Encoding.UTF8.GetBytes(id)))[..20];

    private static JournalEntry Entry(string content, string input, string digest, long id) =>
        JournalEntry.Planned(new DocumentKey(Origin, Model, content, "", digest), input, "/in/" + input, 100) with { EntryId = id };
}
