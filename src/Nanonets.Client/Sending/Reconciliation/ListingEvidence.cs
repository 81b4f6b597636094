using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Sending.Reconciliation;

/// <summary>
/// What a complete listing shows of the files that some uploads are about. Everything else in it is let go as it is read, so that a large
/// listing costs no memory.
/// </summary>
internal sealed class ListingEvidence(IReadOnlyCollection<PendingUpload> uploads, IReadOnlyCollection<JournalEntry> neighbours)
{
    private readonly HashSet<string> _tagIds =
    [
        .. uploads.Select(static upload => upload.TagId),
        .. neighbours.Select(static entry => UploadTag.Read(entry.Answered?.Tag)?.Id).OfType<string>(),
    ];

    private readonly HashSet<string> _ids = [.. neighbours.Select(static entry => entry.RequestFileId).OfType<string>()];
    private readonly HashSet<string> _names =
        new(uploads.Where(static upload => !upload.IsTagged).Select(static upload => upload.Entry.Input), StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, ListedUpload> _files = [];

    /// <summary>The files kept, in the order listed.</summary>
    public IEnumerable<ListedUpload> Files => _files.Values;

    /// <summary>Takes pages of the listing. A page that comes again changes nothing.</summary>
    public void Add(IEnumerable<ListedUpload> pages)
    {
        foreach (ListedUpload page in pages.Where(Matters))
        {
            _files[page.RequestFileId] = _files.TryGetValue(page.RequestFileId, out ListedUpload? known)
                ? known with { UploadedAt = Earlier(known.UploadedAt, page.UploadedAt) }
                : page;
        }
    }

    /// <summary>Whether it shows an upload that was answered, with the tag or metadata it was sent with.</summary>
    public bool Shows(JournalEntry neighbour)
    {
        if (neighbour.RequestFileId is not { } id || !_files.TryGetValue(id, out ListedUpload? file))
            return false;
        return UploadTag.Read(neighbour.Answered?.Tag) is { } tag ? file.Tag?.Id == tag.Id : file.LooksLike(neighbour);
    }

    private bool Matters(ListedUpload page) =>
        (page.Tag is { } tag && _tagIds.Contains(tag.Id)) || _ids.Contains(page.RequestFileId)
            || (page.Input is { } name && _names.Contains(name));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
