using System.Text.Json;

namespace Nanonets.Json;

/// <summary>Reads the <c>signed_urls</c> map: keys are the page picture's and the original file's paths (recorded).</summary>
internal static class SignedUrlReader
{
    public static PageSignedUrls? ForPage(JsonElement signedUrls, PageResult page)
    {
        SignedUrlSet? image = Set(signedUrls, page.PageImageKey);
        SignedUrlSet? file = Set(signedUrls, page.OriginalFileKey);
        return image is null && file is null ? null : new PageSignedUrls { PageImage = image, OriginalFile = file };
    }

    /// <summary>The picture of a page whose address is known by itself.</summary>
    public static PageSignedUrls OfPicture(string address) => new() { PageImage = new SignedUrlSet { Original = new SignedUrl(address) } };

    private static SignedUrlSet? Set(JsonElement signedUrls, string? key)
    {
        if (key is null || signedUrls.Member(key) is not { ValueKind: JsonValueKind.Object } set)
            return null;

        return new SignedUrlSet
        {
            Original = Address(set, "original"),
            OriginalCompressed = Address(set, "original_compressed"),
            Thumbnail = Address(set, "thumbnail"),
            Rotated90 = Address(set, "acw_rotate_90"),
            Rotated180 = Address(set, "acw_rotate_180"),
            Rotated270 = Address(set, "acw_rotate_270"),
            OriginalWithLongExpiry = Address(set, "original_with_long_expiry"),
        };
    }

    private static SignedUrl? Address(JsonElement set, string name) =>
        set.Member(name).AsText() is { } address ? new SignedUrl(address) : null;
}
