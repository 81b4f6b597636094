namespace Nanonets;

/// <summary>A page of plain text, as Read-NanonetsText writes it: an element of page_data.</summary>
public sealed class TextPage
{
    internal TextPage()
    {
    }

    /// <summary>File name as the service knows it.</summary>
    /// <value>filename</value>
    public string? Input { get; internal init; }

    /// <summary>Page in the file, from 0.</summary>
    /// <value>page</value>
    public int Page { get; internal init; }

    /// <summary>Pages of the file.</summary>
    public int? PageCount { get; internal set; }

    /// <summary>The text with its line breaks; empty for an empty page.</summary>
    /// <value>raw_text</value>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>The words and where they stand.</summary>
    /// <value>words</value>
    public TextWord[] Words { get; internal init; } = [];

    /// <summary>Where it came from: the path of a file, or an address without its query; null for streams and base64 data.</summary>
    public string? SourcePath { get; internal set; }

    /// <summary>The page's JSON as it came.</summary>
    public string Raw { get; internal init; } = "{}";

    /// <summary>The text.</summary>
    /// <returns>The text of the page.</returns>
    public override string ToString() => Text;
}

/// <summary>A word on a page.</summary>
public sealed class TextWord
{
    internal TextWord()
    {
    }

    /// <summary>The word as read.</summary>
    /// <value>text</value>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>Where it stands on the page picture, in pixels.</summary>
    /// <value>xmin, ymin, xmax, ymax</value>
    public BoundingBox Box { get; internal init; } = null!;

    /// <summary>The word.</summary>
    /// <returns>The text of the word.</returns>
    public override string ToString() => Text;
}
