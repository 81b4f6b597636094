using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Nanonets.Emulator.Resources;

/// <summary>A part named file, or what stands for one.</summary>
/// <param name="Content">The bytes; empty when there were too many to hold.</param>
internal sealed record UploadedPart(string FileName, string Sha256, long Bytes, byte[] Content)
{
    public static UploadedPart Of(string fileName, byte[] content) =>
        new(fileName, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, content);
}

/// <summary>
/// The form of an upload, multipart or URL-encoded, read part by part: a file of any size passes through, only one that could be a document
/// is kept.
/// </summary>
internal sealed class UploadForm
{
    /// <summary>What is larger is hashed and counted but not kept: no document to demonstrate with is.</summary>
    public const int LargestKept = 64 * 1024 * 1024;

    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <summary>The form of a request that has none.</summary>
    public static UploadForm None { get; } = new();

    public List<UploadedPart> Files { get; } = [];

    /// <summary>The other fields; what was sent several times stands on lines of its own.</summary>
    public IReadOnlyDictionary<string, string> Fields =>
        _values.GroupBy(static pair => pair.Key)
            .ToDictionary(static same => same.Key, static same => string.Join('\n', same.Select(static pair => pair.Value)));

    /// <summary>All values of a field, in order.</summary>
    public IReadOnlyList<string> All(string name) => [.. _values.Where(field => field.Key == name).Select(static field => field.Value)];

    /// <summary>The last value of a field; null when it was not sent.</summary>
    public string? Value(string name) => All(name) is [.., var last] ? last : null;

    public static async Task<UploadForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = new UploadForm();
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type);
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary)
            await form.ReadPartsAsync(new MultipartReader(boundary.ToString(), request.Body) { BodyLengthLimit = null }, cancellationToken);
        else if (type?.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            form.ReadPairs(await ReadTextAsync(request.Body, cancellationToken));
        else if (type?.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
        return form;
    }

    /// <summary>Reads all parts; a form that breaks off has none.</summary>
    private async Task ReadPartsAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                string disposition = section.ContentDisposition ?? string.Empty;
                string name = PartNames.Name(disposition);
                if (name == "file" && PartNames.FileName(disposition) is { } fileName)
                    Files.Add(await ReadFileAsync(section.Body, fileName, cancellationToken));
                else
                    _values.Add(new(name, await ReadTextAsync(section.Body, cancellationToken)));
            }
        }
        catch (Exception broken)
            when (broken is InvalidDataException or (IOException and not BadHttpRequestException and not ConnectionResetException))
        {
            Files.Clear();
            _values.Clear();
        }
    }

    private void ReadPairs(string text)
    {
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            _values.Add(new(Decode(sides[0]), sides.Length == 2 ? Decode(sides[1]) : string.Empty));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

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
        using var reader = new StreamReader(body, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
