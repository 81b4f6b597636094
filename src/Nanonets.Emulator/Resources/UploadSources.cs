using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;

namespace Nanonets.Emulator.Resources;

/// <summary>A document of an upload before it is read.</summary>
/// <param name="Name">What it is called in the answer.</param>
/// <param name="Part">Its content; null when it could not be fetched.</param>
/// <param name="FromUrl">Whether it was named by an address: its failure is its own, not the request's.</param>
internal sealed record UploadSource(string Name, UploadedPart? Part, bool FromUrl = false);

/// <summary>Collects the documents of an upload: file parts, base64 text, and addresses, in this order.</summary>
internal sealed class UploadSources(UrlFetcher fetcher)
{
    public async Task<IReadOnlyList<UploadSource>> ReadAsync(UploadForm form, CancellationToken cancellationToken)
    {
        var sources = form.Files.Select(static file => new UploadSource(file.FileName, file))
            .Concat(form.All("base64_data").Select(Base64)).ToList();
        foreach (string address in form.All("urls"))
            sources.Add(new UploadSource(UrlFetcher.NameOf(address), await fetcher.FetchAsync(address, cancellationToken), FromUrl: true));
        return sources;
    }

    /// <summary>How the service names such a document is unknown: here by the field, with the extension of its content.</summary>
    private static UploadSource Base64(string text)
    {
        const string name = "base64_data";
        byte[] content = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, content, out int length))
            return new UploadSource(name, UploadedPart.Of(name, []));

        content = content[..length];
        string fileName = name + (DocumentReader.KindOf(content) is { } kind ? DocumentTypes.Extension(kind) : string.Empty);
        return new UploadSource(fileName, UploadedPart.Of(fileName, content));
    }
}
