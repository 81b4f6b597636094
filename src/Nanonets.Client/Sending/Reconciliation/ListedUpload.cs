using System;
using Nanonets.Journaling;

namespace Nanonets.Sending.Reconciliation;

/// <summary>What a listing says about an uploaded file, as far as reconciling needs it.</summary>
/// <param name="RequestFileId">Its id.</param>
/// <param name="Input">The name the service knows it by.</param>
/// <param name="Tag">Our tag on it; null when it has none.</param>
/// <param name="MetadataDigest">Without a tag: see <see cref="DocumentKey.DigestOf"/>.</param>
/// <param name="UploadedAt">When it was uploaded, to the precision of its page id (a version 1 UUID); null when the listing tells only day
/// and hour.</param>
internal sealed record ListedUpload(string RequestFileId, string? Input, UploadTag? Tag, string MetadataDigest, DateTimeOffset? UploadedAt)
{
    /// <summary>Reads the metadata as listed.</summary>
    public static ListedUpload Of(string requestFileId, string? input, string? metadata, DateTimeOffset? uploadedAt)
    {
        UploadTag? tag = UploadTag.Read(metadata);
        return new ListedUpload(requestFileId, input, tag, tag is null ? DocumentKey.DigestOf(metadata) : string.Empty, uploadedAt);
    }

    /// <summary>Whether it has no tag, and the name and metadata of a document.</summary>
    public bool LooksLike(JournalEntry entry) => Tag is null && MetadataDigest == entry.Key.MetadataDigest && IsNamed(entry.Input);

    /// <summary>
    /// Whether it has the name of a document and may be it, if its content is: it has no tag. Its text says nothing against it, since a
    /// listing may cut or drop texts and tags.
    /// </summary>
    public bool MayBe(JournalEntry entry) => Tag is null && IsNamed(entry.Input);

    /// <summary>Whether its text is another than a document's: sent with another one, or cut by the listing.</summary>
    public bool HasOtherText(JournalEntry entry) =>
        Tag is null && MetadataDigest != entry.Key.MetadataDigest && MetadataDigest.Length > 0 && entry.Key.MetadataDigest.Length > 0;

    public bool IsNamed(string name) => string.Equals(Input, name, StringComparison.OrdinalIgnoreCase);
}
