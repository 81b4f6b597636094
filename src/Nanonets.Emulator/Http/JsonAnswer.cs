using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nanonets.Emulator.Http;

/// <summary>Writes JSON as the service does: one line, with &amp;, &lt; and &gt; escaped inside strings (recorded).</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
            write(json);
        return buffer.WrittenMemory;
    }
}

/// <summary>An answer before it is sent, so that faults can still change it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="RetryAfter">A Retry-After header, verbatim.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json", string? RetryAfter = null)
{
    public static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, JsonAnswer.Write(write));

    public static Answer Error(ApiError error, string? retryAfter = null) => new(error.Status, JsonAnswer.Write(error.Write), RetryAfter: retryAfter);
}
