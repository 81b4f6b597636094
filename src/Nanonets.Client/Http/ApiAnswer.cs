using System;
using System.Text.Json;

namespace Nanonets.Http;

/// <summary>An answer that was read to its end.</summary>
internal sealed class ApiAnswer
{
    private const int LargeBody = 1024 * 1024;

    private JsonElement? _json;

    public required int StatusCode { get; init; }

    public string? ReasonPhrase { get; init; }

    /// <summary>What the body is, such as image/jpeg.</summary>
    public string? ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The service's own time.</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The body as JSON; undefined when it is none.</summary>
    /// <remarks>
    /// The element lives as long as anybody holds it: documents are parsed without pooled buffers that would have to be returned. A large
    /// body is not copied for it.
    /// </remarks>
    public JsonElement Json() => _json ??= Parse();

    private JsonElement Parse()
    {
        try
        {
            ReadOnlyMemory<byte> body = Utf8Text.Mend(Body);
            if (body.Length > LargeBody)
                return JsonDocument.Parse(body).RootElement;

            var reader = new Utf8JsonReader(body.Span);
            return JsonElement.TryParseValue(ref reader, out JsonElement? element)
                && OnlySpaceFollows(body.Span.Slice((int)reader.BytesConsumed)) ? element.Value : default;
        }
        catch (JsonException)
        {
            // HTML, text, truncated: the caller decides what an unreadable answer means.
            return default;
        }
    }

    private static bool OnlySpaceFollows(ReadOnlySpan<byte> rest)
    {
        foreach (byte character in rest)
        {
            if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }

        return true;
    }
}

/// <summary>What became of one try: an answer, or a failure that left none.</summary>
internal sealed record TryResult(RequestTrace Trace, ApiAnswer? Answer, NanonetsException? Failure);
