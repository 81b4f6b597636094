using System;
using System.Linq;
using Nanonets.Journaling;
using Nanonets.Sending.Reconciliation;
using static Nanonets.Client.Tests.Sending.Reconciliation.TestUploads;

namespace Nanonets.Client.Tests.Sending.Reconciliation;

/// <summary>What a complete listing says about an upload, as tables.</summary>
public class ListingVerdictsTests
{
    private const string Other = "ffffffffffffffffffff";

    /// <summary>Each file as <c>id:name:what it carries</c>: the id and the attempt of a tag, the user's text, or nothing.</summary>
    [Theory]
    [InlineData("", "Missing")]
    [InlineData("f1:a.pdf:own.1", "Found f1")]
    [InlineData("f1:renamed.pdf:own.1", "Found f1")]
    [InlineData("f1::own.1", "Found f1")]
    [InlineData("f1:a.pdf:other.1", "Missing")]
    [InlineData("f1:a.pdf:text", "Missing")]
    [InlineData("f1:a.pdf:", "Missing")]
    [InlineData("f2:a.pdf:own.2 f1:a.pdf:own.1", "Found f1 and f2")]
    [InlineData("f1:a.pdf:own.1 f2:a.pdf:own.1", "Found f1 and f2")]
    [InlineData("f2:a.pdf:own.1@5 f1:a.pdf:own.1@4", "Found f1 and f2")]
    [InlineData("f2:a.pdf:own.1 f1:a.pdf:own.1@4", "Found f1 and f2")]
    [InlineData("f1:a.pdf:other.1 f2:a.pdf:own.3", "Found f2")]
    [InlineData("f1:a.pdf:own.1 f1:a.pdf:own.1", "Found f1")]
    public void A_tag_decides_alone(string listing, string verdict) =>
        Assert.Equal(verdict, Judge(Lost(), listing, _ => throw new InvalidOperationException("Compared.")));

    [Theory]
    [InlineData("", "", "Missing")]
    [InlineData("f1:a.pdf:text", "yes", "Found f1")]
    [InlineData("f1:A.PDF:text", "yes", "Found f1")]
    [InlineData("f1:a.pdf:text", "no", "Missing")]
    [InlineData("f1:a.pdf:text", "?", "Unclear")]
    [InlineData("f1:a.pdf:text", "known", "Missing")]
    [InlineData("f1:b.pdf:text", "yes", "Missing")]
    [InlineData("f1::text", "yes", "Missing")]
    [InlineData("f1:a.pdf:", "yes", "Missing")]
    [InlineData("f1:a.pdf:other.1", "yes", "Missing")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text", "no yes", "Found f2")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text", "? yes", "Found f2")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text", "known yes", "Found f2")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text", "? no", "Unclear")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text", "no no", "Missing")]
    [InlineData("f1:a.pdf:text@7 f2:a.pdf:text@6", "yes yes", "Found f2 and f1")]
    [InlineData("f1:a.pdf:text f2:a.pdf:text@6", "yes yes", "Found f2 and f1")]
    public void Without_a_tag_the_content_decides_and_likeness_never(string listing, string content, string verdict)
    {
        string[] contents = content.Split(' ');
        Assert.Equal(verdict, Judge(
            Lost(isTagged: false), listing,
            file => contents[Number(file)] switch { "yes" => true, "no" => false, _ => null },
            file => contents[Number(file)] == "known"));

        static int Number(ListedUpload file) => file.RequestFileId[1] - '1';
    }

    [Theory]
    [InlineData("f1:a.pdf:own.1 f2:b.pdf:own.1", "Found f1")]
    [InlineData("f1:A.PDF:own.1", "Found f1")]
    [InlineData("f2:b.pdf:own.1", "Missing")]
    [InlineData("f1:c.pdf:own.1", "Unclear")]
    [InlineData("f1::own.1", "Unclear")]
    [InlineData("f9:c.pdf:own.1", "Missing")]
    [InlineData("f1:c.pdf:other.1", "Missing")]
    public void Of_files_that_share_a_tag_the_name_decides(string listing, string verdict)
    {
        PendingUpload upload = Lost(sharesTag: true);
        PendingUpload other = Lost(sharesTag: true, input: "b.pdf");
        Assert.Equal(verdict, Judge(upload, listing, static _ => null, static file => file.RequestFileId == "f9", other));
    }

    [Fact]
    public void An_upload_with_one_attempt_that_carried_no_tag_counts_as_untagged()
    {
        JournalEntry entry = JournalRules.Apply(Lost().Entry, new UploadChange.Starting(Noon.AddHours(1), null));
        Assert.False(new PendingUpload(entry, TagId, false, TimeSpan.Zero, true).IsTagged);
        Assert.True(Lost(ambiguous: 2).IsTagged);
    }

    [Theory]
    [InlineData("a.pdf", "text", "text", true, true)]
    [InlineData("A.pdf", "text", "text", true, true)]
    [InlineData("a.pdf", "text", "other", false, true)]
    [InlineData("a.pdf", "text", "", false, true)]
    [InlineData("a.pdf", "", "text", false, true)]
    [InlineData("a.pdf", "", "", true, true)]
    [InlineData("b.pdf", "text", "text", false, false)]
    [InlineData(null, "text", "text", false, false)]
    [InlineData("a.pdf", "tag", "", false, false)]
    public void A_listed_file_may_be_a_document(string? name, string listed, string sent, bool looksLike, bool mayBe)
    {
        var file = ListedUpload.Of("f1", name, listed == "tag" ? TagOf(TagId) : listed, null);
        var entry = JournalEntry.Planned(new DocumentKey(Origin, Model, "aa", "", DocumentKey.DigestOf(sent)), "a.pdf", null, 1);
        Assert.Equal((looksLike, mayBe), (file.LooksLike(entry), file.MayBe(entry)));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(5, null, 5)]
    [InlineData(null, 5, 5)]
    [InlineData(5, 4, 4)]
    [InlineData(4, 5, 4)]
    [InlineData(5, 5, 5)]
    public void A_file_of_several_pages_is_as_old_as_its_first(int? one, int? other, int? expected)
    {
        var evidence = new ListingEvidence([Lost()], []);
        evidence.Add(new[] { one, other }.Select(static minute => File("f1", "a.pdf", TagOf(TagId), at: Minute(minute))));
        Assert.Equal(Minute(expected), Assert.Single(evidence.Files).UploadedAt);
    }

    private static DateTimeOffset? Minute(int? minute) => minute is { } at ? Noon.AddMinutes(at) : null;

    private static string Judge(
        PendingUpload upload, string listing, Func<ListedUpload, bool?> hasContent, Func<ListedUpload, bool>? isKnown = null,
        params PendingUpload[] others)
    {
        PendingUpload[] all = [upload, .. others];
        var evidence = new ListingEvidence(all, []);
        evidence.Add(listing.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse));
        return ListingVerdicts.Judge(upload, all, evidence, isKnown ?? (static _ => false), hasContent) switch
        {
            ListingVerdict.Found found => $"Found {string.Join(" and ", found.Duplicates.Prepend(found.File.RequestFileId))}",
            var other => other.GetType().Name,
        };
    }

    private static ListedUpload Parse(string text)
    {
        string[] parts = text.Split(':', '@');
        string tag = parts[2].Replace("own", "nn1." + TagId).Replace("other", "nn1." + Other);
        DateTimeOffset? at = parts.Length > 3 ? Noon.AddMinutes(int.Parse(parts[3], null)) : null;
        return File(parts[0], parts[1].Length == 0 ? null : parts[1], tag, parts[2] == "text" ? Digest : string.Empty, at);
    }
}
