using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// Judges what a complete listing says about an upload whose answer was lost. A tag decides alone. Without one adoption is proven by
/// content, never by likeness: of a file with the same name and metadata the stored original is compared.
/// </summary>
internal static class ListingVerdicts
{
    /// <summary>Files that may be an upload without a tag, if their content is.</summary>
    /// <param name="isKnown">Whether a file is known to be another document's.</param>
    public static IEnumerable<ListedUpload> Candidates(PendingUpload upload, ListingEvidence evidence, Func<ListedUpload, bool> isKnown) =>
        upload.IsTagged ? [] : evidence.Files.Where(file => file.LooksLike(upload.Entry) && !isKnown(file));

    /// <param name="upload">The upload.</param>
    /// <param name="all">Everything that is reconciled in this model, the upload included.</param>
    /// <param name="evidence">A complete listing of the days of its attempts.</param>
    /// <param name="isKnown">Whether a file is known to be another document's.</param>
    /// <param name="hasItsContent">Whether a candidate's stored original is this document; null when it could not be compared.</param>
    public static ListingVerdict Judge(
        PendingUpload upload, IReadOnlyCollection<PendingUpload> all, ListingEvidence evidence, Func<ListedUpload, bool> isKnown,
        Func<ListedUpload, bool?> hasItsContent)
    {
        ListedUpload[] tagged = [.. evidence.Files.Where(file => file.Tag?.Id == upload.TagId)];
        ListedUpload[] own = upload.SharesTag ? [.. tagged.Where(file => file.IsNamed(upload.Entry.Input))] : tagged;
        if (own.Length > 0)
        {
            ListedUpload first = own.OrderBy(static file => file.Tag!.Attempt)
                .ThenBy(static file => file.UploadedAt ?? DateTimeOffset.MaxValue).First();
            return Found(first, own);
        }

        if (upload.SharesTag && tagged.Any(file => !isKnown(file) && !all.Any(other => file.IsNamed(other.Entry.Input))))
            return new ListingVerdict.Unclear("a file of the same request is listed under a name that was not sent");

        ILookup<bool?, ListedUpload> candidates = Candidates(upload, evidence, isKnown).ToLookup(hasItsContent);
        if (candidates[true].Any())
            return Found(
                candidates[true].OrderBy(static file => file.UploadedAt ?? DateTimeOffset.MaxValue).First(), [.. candidates[true]]);
        return candidates[null].Any()
            ? new ListingVerdict.Unclear(
                $"{candidates[null].Count()} listed file(s) with its name and metadata could not be compared with it")
            : new ListingVerdict.Missing();
    }

    private static ListingVerdict.Found Found(ListedUpload file, ListedUpload[] all) =>
        new(file, [.. all.Where(other => other != file).Select(static other => other.RequestFileId)]);
}
