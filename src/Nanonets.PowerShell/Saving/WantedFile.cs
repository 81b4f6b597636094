using System;
using System.Linq;

namespace Nanonets.Saving;

/// <summary>A stored file that is to be downloaded: which of the addresses of a page lead to it.</summary>
/// <param name="Page">The page it belongs to; for an original any page of the file.</param>
/// <param name="ModelId">The model that knows the file.</param>
/// <param name="Addresses">The addresses that lead to it, in the order in which they are tried.</param>
internal sealed record WantedFile(PageResult Page, string ModelId, Func<PageSignedUrls, SignedUrl?[]> Addresses)
{
    /// <summary>Whether it belongs to all pages of its file.</summary>
    public bool IsOfWholeFile { get; init; }

    /// <summary>A part of a document.</summary>
    public static WantedFile Of(PageResult page, string modelId, DocumentPart part) => new(page, modelId, part switch
    {
        DocumentPart.Original => static urls => [urls.OriginalFile?.Original],
        DocumentPart.PageImage => static urls => [urls.PageImage?.Original, urls.PageImage?.OriginalWithLongExpiry],
        _ => static urls => [urls.PageImage?.Thumbnail],
    }) { IsOfWholeFile = part == DocumentPart.Original };

    /// <summary>A picture of a page. Where the service has no smaller form, the next larger one.</summary>
    public static WantedFile Of(PageResult page, string modelId, PictureSize size) => size switch
    {
        PictureSize.Full => Of(page, modelId, DocumentPart.PageImage),
        PictureSize.Compressed => new(page, modelId, static urls => [Smaller(urls)]),
        _ => new(page, modelId, static urls => [urls.PageImage?.Thumbnail ?? Smaller(urls)]),
    };

    /// <summary>The first address that can be used; null where there is none.</summary>
    public SignedUrl? Choose(PageSignedUrls? urls, Func<SignedUrl, bool> isUsable) => urls is null
        ? null
        : Addresses(urls).FirstOrDefault(address => address is not null && isUsable(address));

    private static SignedUrl? Smaller(PageSignedUrls urls) => urls.PageImage?.OriginalCompressed ?? urls.PageImage?.Original;
}
