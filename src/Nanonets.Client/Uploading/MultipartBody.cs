using System;
using System.Collections.Generic;
using Nanonets.Documents;

namespace Nanonets.Uploading;

/// <summary>
/// Lays out the multipart body of LabelFile: fields first, then the documents; the closing boundary is what is held back.
/// </summary>
internal static class MultipartBody
{
    /// <param name="takesBase64">Whether the call is documented to take base64 data as such; else it travels decoded, as a file.</param>
    public static UploadBody Create(
        IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources, bool takesBase64 = true) =>
        Create(fields, sources, "----NanonetsPowerShell" + Guid.NewGuid().ToString("N"), takesBase64);

    internal static UploadBody Create(
        IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources, string boundary, bool takesBase64 = true)
    {
        // What stands between two documents is one piece: fields, and the head of the next document.
        var parts = new List<BodyPart>(sources.Count);
        using var text = new ByteText();
        foreach ((string name, string value) in fields)
            Begin().Append("name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        foreach (OpenedSource source in sources)
            Add(source);

        // Without a document of this side there still is something before the end that is held back.
        if (parts.Count == 0)
            parts.Add(new BodyPart(text.Take()));

        text.Append("--").Append(boundary).Append("--\r\n");
        return new UploadBody("multipart/form-data; boundary=" + boundary, parts, text.Take());

        ByteText Begin() => text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; ");

        void Add(OpenedSource source)
        {
            switch (source.Source)
            {
                // Full text is documented to take addresses in the form of files.
                case UrlSource url:
                    Begin().Append("name=\"urls\"\r\n\r\n").Append(url.Address).Append("\r\n");
                    break;

                // A part with a file name would not be read as a field: base64 data travels without one.
                case { Form: UploadForm.Base64 } when takesBase64:
                    Begin().Append("name=\"base64_data\"\r\n\r\n");
                    End(source, true);
                    break;

                default:
                    Begin().Append("name=\"file\"; filename=\"").Append(Escape(source.Source.FileName)).Append("\"\r\nContent-Type: ")
                        .Append(source.ContentType).Append("\r\n\r\n");
                    End(source, false);
                    break;
            }
        }

        void End(OpenedSource source, bool asBase64)
        {
            parts.Add(new BodyPart(text.Take(), source, asBase64));
            text.Append("\r\n");
        }
    }

    /// <summary>Names are raw UTF-8; what would end the quoted text is percent-encoded, as browsers do it.</summary>
    private static string Escape(string fileName) => fileName.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
