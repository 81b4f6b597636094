namespace Nanonets;

/// <summary>How large page pictures are. The service makes the smaller ones.</summary>
public enum PictureSize
{
    /// <summary>240 pixels wide (recorded): to recognise a page, not to read it.</summary>
    Thumbnail,

    /// <summary>All pixels, in a compressed form.</summary>
    Compressed,

    /// <summary>The picture as it was read.</summary>
    Full,
}
