using System.Collections.Generic;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Sending;

namespace Nanonets.Uploading;

/// <summary>A piece of a body: bytes, then the content of a document, if any.</summary>
/// <param name="AsBase64">Whether the content travels as base64 text.</param>
internal sealed record BodyPart(byte[] Header, OpenedSource? Source = null, bool AsBase64 = false)
{
    public long Length => Header.Length + (Source is null ? 0 : AsBase64 ? (Source.Length + 2) / 3 * 4 : Source.Length);
}

/// <summary>
/// The bytes of an upload in their order. Without the last of them the service has no upload; they are held back until all else is well.
/// </summary>
internal sealed record UploadBody(string ContentType, IReadOnlyList<BodyPart> Parts, byte[] Closing)
{
    public long Length => Closing.Length + Parts.Sum(static part => part.Length);

    /// <summary>Lays a request out in the way its documents travel.</summary>
    /// <param name="metadata">As it is sent.</param>
    public static UploadBody Of(SendRequest request, string? metadata, IReadOnlyList<OpenedSource> sources) =>
        request.Form == UploadForm.Url && request.Call != UploadCall.FullText
            ? FormBody.Create(request.Fields(metadata), sources)
            : MultipartBody.Create(request.Fields(metadata), sources, request.Call == UploadCall.Ocr);
}
