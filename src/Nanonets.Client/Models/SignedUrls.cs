using System;
using System.Globalization;

namespace Nanonets;

/// <summary>
/// An address that opens a picture or document without a key until it expires. Treat it as a secret: it shows itself only
/// through <see cref="Value"/>.
/// </summary>
public sealed class SignedUrl
{
    internal SignedUrl(string value) => (Value, ExpiresAt) = (value, SignedUrlExpiry.Read(value));

    /// <summary>The address.</summary>
    public string Value { get; }

    /// <summary>When it stops working, UTC, read from the address itself; null where it does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Never the address.</summary>
    /// <returns>When it expires.</returns>
    public override string ToString() => ExpiresAt is { } time
        ? string.Format(CultureInfo.InvariantCulture, "expires {0:yyyy-MM-dd HH:mm}Z", time.UtcDateTime)
        : "(signed address)";
}

/// <summary>
/// The addresses of one stored file. A page picture has all of them, an original file only <see cref="Original"/> (recorded).
/// </summary>
public sealed class SignedUrlSet
{
    internal SignedUrlSet()
    {
    }

    /// <summary>The file itself: 4 hours for a page picture, 7 days for an original file (recorded).</summary>
    /// <value>original</value>
    public SignedUrl? Original { get; internal init; }

    /// <summary>Smaller, 4 hours.</summary>
    /// <value>original_compressed</value>
    public SignedUrl? OriginalCompressed { get; internal init; }

    /// <summary>240 pixels wide, 4 hours.</summary>
    /// <value>thumbnail</value>
    public SignedUrl? Thumbnail { get; internal init; }

    /// <summary>Turned 90 degrees against the clock, 4 hours.</summary>
    /// <value>acw_rotate_90</value>
    public SignedUrl? Rotated90 { get; internal init; }

    /// <summary>Turned 180 degrees, 4 hours.</summary>
    /// <value>acw_rotate_180</value>
    public SignedUrl? Rotated180 { get; internal init; }

    /// <summary>Turned 270 degrees against the clock, 4 hours.</summary>
    /// <value>acw_rotate_270</value>
    public SignedUrl? Rotated270 { get; internal init; }

    /// <summary>The page picture for 180 days (documented).</summary>
    /// <value>original_with_long_expiry</value>
    public SignedUrl? OriginalWithLongExpiry { get; internal init; }

    /// <summary>Never an address.</summary>
    /// <returns>When the original expires.</returns>
    public override string ToString() => (Original ?? OriginalWithLongExpiry)?.ToString() ?? string.Empty;
}

/// <summary>The signed addresses of a page and of the file it belongs to.</summary>
public sealed class PageSignedUrls
{
    internal PageSignedUrls()
    {
    }

    /// <summary>The picture of the page.</summary>
    public SignedUrlSet? PageImage { get; internal init; }

    /// <summary>The uploaded file.</summary>
    public SignedUrlSet? OriginalFile { get; internal init; }

    /// <summary>Never an address.</summary>
    /// <returns>When the page picture expires.</returns>
    public override string ToString() => (PageImage ?? OriginalFile)?.ToString() ?? string.Empty;
}
