using System;

namespace Nanonets.Emulator;

/// <summary>How complete a listing is: nothing about this is documented, so a client must bear all of it.</summary>
public sealed class ListingOptions
{
    /// <summary>Leaves out files until they are read.</summary>
    public bool HidesQueued { get; set; }

    /// <summary>Time until an upload appears.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Most pages in one answer; null for any number.</summary>
    public int? MaxPages { get; set; }

    /// <summary>With a cap, keeps the newest pages in place of the oldest.</summary>
    public bool CapKeepsNewest { get; set; }

    /// <summary>What becomes of request_metadata.</summary>
    public ListedMetadata Metadata { get; set; } = ListedMetadata.AsSent;

    /// <summary>Characters that are left when metadata is truncated.</summary>
    public int MetadataLength { get; set; } = 16;

    /// <summary>Leaves out the last day of the span.</summary>
    public bool EndDayExcluded { get; set; }
}

/// <summary>What a listing makes of request_metadata.</summary>
public enum ListedMetadata
{
    /// <summary>Hands it back.</summary>
    AsSent,

    /// <summary>Writes an empty text.</summary>
    Dropped,

    /// <summary>Writes its beginning.</summary>
    Truncated,
}
