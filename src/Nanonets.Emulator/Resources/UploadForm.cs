using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Nanonets.Emulator.Resources;

/// <summary>A part named file.</summary>
/// <param name="Content">The bytes; empty when there were too many to hold.</param>
internal sealed record UploadedPart(string FileName, string Sha256, long Bytes, byte[] Content);

/// <summary>The form of an upload, read part by part: a file of any size passes through, only one that could be a document is kept.</summary>
internal sealed class UploadForm
{
    /// <summary>What is larger is hashed and counted but not kept: no document to demonstrate with is.</summary>
    private const int LargestKept = 64 * 1024 * 1024;

    /// <summary>The form of a request that has none.</summary>
    public static UploadForm None { get; } = new();

    public List<UploadedPart> Files { get; } = [];

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public static async Task<UploadForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = new UploadForm();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
            return form;
        }

        var reader = new MultipartReader(boundary.ToString(), request.Body) { BodyLengthLimit = null };
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            string disposition = section.ContentDisposition ?? string.Empty;
            string name = PartNames.Name(disposition);
            if (name == "file" && PartNames.FileName(disposition) is { } fileName)
                form.Files.Add(await ReadFileAsync(section.Body, fileName, cancellationToken));
            else
                form.Fields[name] = await ReadTextAsync(section.Body, cancellationToken);
        }

        return form;
    }

    private static async Task<UploadedPart> ReadFileAsync(Stream body, string fileName, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
            if (bytes <= LargestKept)
                kept.Write(buffer, 0, read);
            else
                kept.SetLength(kept.Capacity = 0);
        }

        return new UploadedPart(fileName, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, kept.ToArray());
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
