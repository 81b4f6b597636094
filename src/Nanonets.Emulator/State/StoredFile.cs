using System;
using System.Collections.Generic;
using Nanonets.Emulator.Documents;

namespace Nanonets.Emulator.State;

/// <summary>A file the emulator has accepted.</summary>
internal sealed class StoredFile
{
    public required string RequestFileId { get; init; }

    public required string ModelId { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required string Metadata { get; init; }

    public required bool Queued { get; init; }

    public required bool Fails { get; init; }

    public required bool NeverFinishes { get; init; }

    /// <summary>Whether the same content was uploaded before.</summary>
    public bool IsDuplicate { get; set; }

    /// <summary>Empty for content that was taken without being read.</summary>
    public required byte[] Content { get; init; }

    public required ReadDocument Document { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>How long reading one page takes.</summary>
    public required TimeSpan ReadingTime { get; init; }

    public required string OriginalKey { get; init; }

    public required IReadOnlyList<StoredPage> Pages { get; init; }

    /// <summary>Whether a page has been read; pages are read one after the other.</summary>
    public bool IsRead(int position, DateTimeOffset now) => !NeverFinishes && (!Queued || now >= UploadedAt + (ReadingTime * (position + 1)));

    /// <summary>Whether all pages have been read.</summary>
    public bool IsRead(DateTimeOffset now) => IsRead(Pages.Count - 1, now);
}

/// <summary>A page of it.</summary>
/// <param name="Id">A version 1 UUID.</param>
/// <param name="Index">Position in the document as uploaded, from 0.</param>
/// <param name="PictureKey">Key of its picture in signed_urls.</param>
internal sealed record StoredPage(string Id, int Index, string PictureKey);
