using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>Judges what a complete listing says about an upload whose answer was lost. A tag decides alone; without one only what cannot be anything else is taken.</summary>
internal static class UploadSearch
{
    /// <summary>The service may be this much behind or ahead of its own Date header between two machines.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(5);

    /// <summary>A service that was slow may finish an upload this long after we gave it up.</summary>
    private static readonly TimeSpan s_lateness = TimeSpan.FromMinutes(15);

    /// <param name="upload">The upload.</param>
    /// <param name="all">Everything that is looked for in this model, the upload included.</param>
    /// <param name="listing">A complete listing of the days of its attempts.</param>
    /// <param name="isAccountedFor">Whether a file is known to be another document's.</param>
    /// <param name="countAlike">How many uploads without an outcome, under way or looked for by anybody, share the name and metadata of one.</param>
    public static LookVerdict Judge(
        SoughtUpload upload, IReadOnlyCollection<SoughtUpload> all, LookResult listing, Func<ListedUpload, bool> isAccountedFor, Func<SoughtUpload, int> countAlike)
    {
        ListedUpload[] marked = [.. listing.Files.Where(file => file.Tag?.Mark == upload.Mark)];
        ListedUpload[] own = upload.SharesTag ? [.. marked.Where(file => IsNamed(file, upload))] : marked;
        if (own.Length > 0)
        {
            ListedUpload first = own.OrderBy(static file => file.Tag!.Attempt).ThenBy(static file => file.UploadedAt ?? DateTimeOffset.MaxValue).First();
            return new LookVerdict.Found(first, [.. own.Where(file => file != first).Select(static file => file.RequestFileId)]);
        }

        if (upload.SharesTag && marked.Any(file => !isAccountedFor(file) && !all.Any(other => IsNamed(file, other))))
            return new LookVerdict.Unclear("a file of the same request is listed under a name that was not sent");
        return upload.IsTagged ? new LookVerdict.Absent() : JudgeByLikeness(upload, listing, isAccountedFor, countAlike);
    }

    private static LookVerdict JudgeByLikeness(
        SoughtUpload upload, LookResult listing, Func<ListedUpload, bool> isAccountedFor, Func<SoughtUpload, int> countAlike)
    {
        ListedUpload[] alike =
        [
            .. listing.Files.Where(file => file.Tag is null && IsNamed(file, upload) && DocumentKey.DigestOf(file.Metadata) == upload.Entry.Key.MetadataDigest
                && MayBeOfItsTime(file, upload) && !isAccountedFor(file)),
        ];
        if (alike.Length == 0)
            return new LookVerdict.Absent();

        int rivals = countAlike(upload);
        return alike.Length == 1 && rivals == 1 && alike[0].UploadedAt is not null
            ? new LookVerdict.Found(alike[0], [])
            : new LookVerdict.Unclear($"{alike.Length} listed and {rivals} missing uploads have its name and metadata, and nothing tells them apart");
    }

    private static bool IsNamed(ListedUpload file, SoughtUpload upload) => string.Equals(file.Input, upload.Entry.Input, StringComparison.OrdinalIgnoreCase);

    private static bool MayBeOfItsTime(ListedUpload file, SoughtUpload upload) =>
        file.UploadedAt is not { } at || (at >= upload.StartedAt - s_tolerance && at <= upload.EndedAt + s_lateness);
}
