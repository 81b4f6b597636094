using System;
using System.Collections.Generic;
using System.Text;

namespace Nanonets.Uploading;

/// <summary>Lays out the multipart body of LabelFile: fields first, then the documents; the closing boundary is what is held back.</summary>
internal static class MultipartBody
{
    private static readonly Encoding s_utf8 = new UTF8Encoding(false);

    public static UploadBody Create(IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources) =>
        Create(fields, sources, "----NanonetsPowerShell" + Guid.NewGuid().ToString("N"));

    internal static UploadBody Create(IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources, string boundary)
    {
        var parts = new List<BodyPart>();
        foreach ((string name, string value) in fields)
            parts.Add(new BodyPart(Bytes($"name=\"{name}\"\r\n\r\n{value}")));
        foreach (OpenedSource source in sources)
        {
            // A part with a file name would not be read as a field: base64 data travels without one.
            bool asBase64 = source.Source.Form == UploadForm.Base64;
            parts.Add(new BodyPart(
                asBase64
                    ? Bytes("name=\"base64_data\"\r\n\r\n")
                    : Bytes($"name=\"file\"; filename=\"{Escape(source.Source.FileName)}\"\r\nContent-Type: {source.ContentType}\r\n\r\n"),
                source,
                asBase64));
        }

        return new UploadBody($"multipart/form-data; boundary={boundary}", parts, s_utf8.GetBytes($"\r\n--{boundary}--\r\n"));

        // Each delimiter belongs to the line end before it; the first part has none before it.
        byte[] Bytes(string part) => s_utf8.GetBytes($"{(parts.Count == 0 ? string.Empty : "\r\n")}--{boundary}\r\nContent-Disposition: form-data; {part}");
    }

    /// <summary>Names are raw UTF-8; what would end the quoted text is percent-encoded, as browsers do it.</summary>
    private static string Escape(string fileName) => fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
