using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>What became of a document of an upload.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">Null when it could not be fetched or read.</param>
internal sealed record UploadOutcome(string Name, StoredFile? File);

/// <summary>Writes upload answers, flat or nested (the reference's 5.4 and 5.5).</summary>
internal sealed class UploadAnswer(SignedUrls signedUrls)
{
    public void Write(Utf8JsonWriter json, IReadOnlyList<UploadOutcome> outcomes, bool nested)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteStartArray("result");
        foreach ((string name, StoredFile? file) in outcomes)
        {
            if (nested)
            {
                json.WriteStartObject();
                json.WriteString("message", file is null ? "failure" : "Success");
                json.WriteStartArray("result");
            }

            if (file is null)
                WriteFailed(json, name);
            for (int i = 0; i < file?.Pages.Count; i++)
                PageWriter.WriteUploaded(json, file, i);
            if (nested)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("signed_urls");
        foreach (StoredFile file in outcomes.Select(static outcome => outcome.File).OfType<StoredFile>())
            signedUrls.Write(json, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An address that could not be read; the body of a partial answer is unknown, this is its inferred form.</summary>
    private static void WriteFailed(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("message", "failure");
        json.WriteString("input", name);
        json.WriteStartArray("prediction");
        json.WriteEndArray();
        json.WriteNumber("page", 0);
        foreach (string member in (string[])["request_file_id", "filepath", "id"])
            json.WriteString(member, string.Empty);
        json.WriteNumber("rotation", 0);
        foreach (string member in (string[])["file_url", "request_metadata", "processing_type"])
            json.WriteString(member, string.Empty);
        json.WriteStartObject("size");
        json.WriteNumber("width", 0);
        json.WriteNumber("height", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
