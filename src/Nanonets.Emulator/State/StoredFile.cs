using System;
using System.Collections.Generic;
using System.Threading;
using Nanonets.Emulator.Documents;

namespace Nanonets.Emulator.State;

/// <summary>A file the emulator has accepted.</summary>
internal sealed class StoredFile
{
    private readonly Lock _lock = new();
    private int _polls;

    public required string RequestFileId { get; init; }

    public required string ModelId { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required string Metadata { get; init; }

    public required bool Queued { get; init; }

    /// <summary>Whether the same content was uploaded before.</summary>
    public bool IsDuplicate { get; set; }

    /// <summary>Empty for content that was taken without being read.</summary>
    public required byte[] Content { get; init; }

    public required ReadDocument Document { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    public required string OriginalKey { get; init; }

    public required IReadOnlyList<StoredPage> Pages { get; init; }

    /// <summary>How it is being read; another one when it is read again.</summary>
    public required Reading Reading
    {
        get;
        set
        {
            field = value;
            Volatile.Write(ref _polls, 0);
        }
    }

    /// <summary>What people have done with it: always as a whole from one moment.</summary>
    public Review Review { get; private set; } = Review.None;

    public void Change(Func<Review, Review> change)
    {
        lock (_lock)
            Review = change(Review);
    }

    /// <summary>Counts a question for its result.</summary>
    public void CountPoll() => Interlocked.Increment(ref _polls);

    /// <summary>Whether a page has been read; pages are read one after the other.</summary>
    public bool IsRead(int position, DateTimeOffset now)
    {
        Reading reading = Reading;
        return !reading.NeverEnds && Volatile.Read(ref _polls) >= reading.Polls
            && now >= reading.Began + (reading.TimePerPage * (position + 1));
    }

    /// <summary>Whether all pages have been read.</summary>
    public bool IsRead(DateTimeOffset now) => IsRead(Pages.Count - 1, now);
}

/// <summary>A page of it.</summary>
/// <param name="Id">A version 1 UUID.</param>
/// <param name="Index">Position in the document as uploaded, from 0.</param>
/// <param name="PictureKey">Key of its picture in signed_urls.</param>
internal sealed record StoredPage(string Id, int Index, string PictureKey);

/// <summary>How a file is read.</summary>
/// <param name="Began">When it began.</param>
/// <param name="TimePerPage">How long a page takes; nothing for a call that has waited already.</param>
/// <param name="Polls">How often its result must be asked for before it is there.</param>
/// <param name="Fails">Whether it ends in failure.</param>
/// <param name="NeverEnds">Whether it goes on for ever.</param>
internal sealed record Reading(DateTimeOffset Began, TimeSpan TimePerPage, int Polls, bool Fails, bool NeverEnds);
