using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>GET of signed addresses: page pictures and original files, without a key, until they expire.</summary>
internal sealed class SignedFileHandler(EmulatorContext context, SignedUrls signedUrls)
{
    public Answer Get(string key, IQueryCollection query)
    {
        if (!signedUrls.IsValid(key, query["expires"], query["s"]))
            return Answer.Error(new ApiError(403, "Forbidden", "Forbidden", "The address has expired or its signature is wrong"));
        if (context.Files.Key(key) is not var (file, position))
            return Answer.Error(ApiError.FileNotFound);
        if (position < 0)
            return new Answer(200, file.Content, ContentType(file.Document.Kind));

        (byte[] picture, string type) = PagePicture.Draw(file.Content, file.Document, file.Pages[position].Index);
        return new Answer(200, picture, type);
    }

    private static string ContentType(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => "application/pdf",
        DocumentKind.Png => "image/png",
        DocumentKind.Jpeg => "image/jpeg",
        _ => "image/tiff",
    };
}
