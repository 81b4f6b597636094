namespace Nanonets;

/// <summary>What the service stores of a document and can be downloaded.</summary>
public enum DocumentPart
{
    /// <summary>The file as it was uploaded.</summary>
    Original,

    /// <summary>The picture of each page that was read.</summary>
    PageImage,

    /// <summary>A small picture of each page, 240 pixels wide (recorded).</summary>
    Thumbnail,
}
