using System;
using System.IO;

namespace Nanonets.Report;

/// <summary>The picture of a page, in a file that is gone when it is closed; or why there is none.</summary>
internal sealed class PagePicture : IDisposable
{
    private const string Svg = "image/svg+xml";

    private PagePicture()
    {
    }

    /// <summary>Its bytes, from the start; null where there is none.</summary>
    public Stream? Content { get; private init; }

    /// <summary>
    /// What the page is told that it is. Pictures are told apart by their bytes, except for drawings, so that anything else is no picture.
    /// </summary>
    public string ContentType { get; private init; } = string.Empty;

    /// <summary>Whether a pixel of it is one of the page.</summary>
    public bool HasAllPixels { get; private init; }

    /// <summary>Why there is none.</summary>
    public string? Missing { get; private init; }

    public static PagePicture Of(Stream content, string? contentType, PictureSize size)
    {
        content.Position = 0;
        return new PagePicture
        {
            Content = content,
            ContentType = string.Equals(contentType, Svg, StringComparison.OrdinalIgnoreCase) ? Svg : "image/jpeg",
            HasAllPixels = size != PictureSize.Thumbnail,
        };
    }

    public static PagePicture None(string reason) => new() { Missing = reason };

    public void Dispose() => Content?.Dispose();
}
