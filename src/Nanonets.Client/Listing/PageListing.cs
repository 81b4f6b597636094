using System;

namespace Nanonets;

/// <summary>
/// A listing that was read to its end and was whole as JSON. One that breaks off, or is no listing, is a <see cref="NanonetsException"/>
/// instead, after the pages that came before.
/// </summary>
internal sealed class PageListing
{
    internal PageListing()
    {
    }

    /// <summary>How many pages were handed out.</summary>
    public required long PageCount { get; init; }

    /// <summary>
    /// How many pages the listing says it holds (API: moderated_images_count and unmoderated_images_count, documented); null when it does
    /// not say. More than <see cref="PageCount"/> means that the service left pages out.
    /// </summary>
    public long? AnnouncedPageCount { get; init; }

    /// <summary>The service's own clock when it answered (the Date header); null when it does not say.</summary>
    public DateTimeOffset? ServerTime { get; init; }
}
