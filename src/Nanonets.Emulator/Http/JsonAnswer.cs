using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;

namespace Nanonets.Emulator.Http;

/// <summary>Writes JSON as the service does: one line, with &amp;, &lt; and &gt; escaped inside strings (recorded).</summary>
internal static class JsonAnswer
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }
}

/// <summary>An answer before it is sent, so that faults can still change it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="RetryAfter">A Retry-After header, verbatim.</param>
/// <param name="Location">A Location header, verbatim.</param>
internal sealed record Answer(
    int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json", string? RetryAfter = null, string? Location = null)
{
    /// <summary>A gateway in front of the service answering in its place.</summary>
    public static Answer Gateway(int status)
    {
        string title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        return new(
            status, Encoding.UTF8.GetBytes($"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"), "text/html");
    }

    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, JsonAnswer.Write(write));

    public static Answer Error(ApiError error, string? retryAfter = null) =>
        new(error.Status, JsonAnswer.Write(error.Write), RetryAfter: retryAfter);
}
