using System;
using System.Collections.Generic;
using System.Text;

namespace Nanonets.Uploading;

/// <summary>Lays out the multipart body of LabelFile: fields first, then the documents; the closing boundary is what is held back.</summary>
internal static class MultipartBody
{
    private static readonly Encoding s_utf8 = new UTF8Encoding(false);

    /// <param name="takesBase64">Whether the call is documented to take base64 data as such; else it travels decoded, as a file.</param>
    public static UploadBody Create(IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources, bool takesBase64 = true) =>
        Create(fields, sources, "----NanonetsPowerShell" + Guid.NewGuid().ToString("N"), takesBase64);

    internal static UploadBody Create(IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources, string boundary, bool takesBase64 = true)
    {
        var parts = new List<BodyPart>();
        foreach ((string name, string value) in fields)
            parts.Add(new BodyPart(Bytes($"name=\"{name}\"\r\n\r\n{value}")));
        foreach (OpenedSource source in sources)
            parts.Add(Part(source));

        return new UploadBody($"multipart/form-data; boundary={boundary}", parts, s_utf8.GetBytes($"\r\n--{boundary}--\r\n"));

        BodyPart Part(OpenedSource source) => source.Source switch
        {
            // Full text is documented to take addresses in the form of files.
            UrlSource url => new(Bytes($"name=\"urls\"\r\n\r\n{url.Address}")),

            // A part with a file name would not be read as a field: base64 data travels without one.
            { Form: UploadForm.Base64 } when takesBase64 => new(Bytes("name=\"base64_data\"\r\n\r\n"), source, true),
            _ => new(Bytes($"name=\"file\"; filename=\"{Escape(source.Source.FileName)}\"\r\nContent-Type: {source.ContentType}\r\n\r\n"), source),
        };

        // Each delimiter belongs to the line end before it; the first part has none before it.
        byte[] Bytes(string part) => s_utf8.GetBytes($"{(parts.Count == 0 ? string.Empty : "\r\n")}--{boundary}\r\nContent-Disposition: form-data; {part}");
    }

    /// <summary>Names are raw UTF-8; what would end the quoted text is percent-encoded, as browsers do it.</summary>
    private static string Escape(string fileName) => fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
