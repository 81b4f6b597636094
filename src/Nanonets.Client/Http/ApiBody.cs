using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Http;

/// <summary>A request body that knows whether it was handed over: until then the service cannot have acted on it.</summary>
internal interface ITrackedContent : IWatchedContent, IDisposable
{
    /// <summary>Whether the body's last byte was handed to the network, or is just being handed over.</summary>
    bool LastByteHandedOver { get; }

    /// <summary>What on this side ended the body: a file that changed or can no longer be read; null when nothing did.</summary>
    NanonetsException? OwnFailure { get; }
}

/// <summary>
/// A small body from memory: JSON, or nothing. Nothing is a body too, of no bytes: without one the HTTP stack would send a request again by
/// itself when a connection turns out to be closed.
/// </summary>
internal sealed class ApiBody : HttpContent, ITrackedContent
{
    private readonly byte[] _bytes;
    private Watchdog? _watchdog;

    private ApiBody(byte[] bytes, string? contentType)
    {
        _bytes = bytes;
        if (contentType is not null)
            Headers.ContentType = new MediaTypeHeaderValue(contentType);
    }

    public bool LastByteHandedOver { get; private set; }

    /// <inheritdoc/>
    public NanonetsException? OwnFailure => null;

    /// <summary>A body of no bytes.</summary>
    public static ApiBody Empty() => new([], null);

    /// <summary>A JSON body, in UTF-8. The one place where requests become JSON.</summary>
    public static ApiBody Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return new ApiBody(buffer.ToArray(), "application/json");
    }

    /// <summary>A form, URL-encoded.</summary>
    public static ApiBody Form(IEnumerable<(string Name, string Value)> pairs) => new(FormText.Encode(pairs), FormText.ContentType);

    public void Watch(Watchdog watchdog) => _watchdog = watchdog;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // The HTTP stack may ask for a body twice (a proxy that wants a password, a connection that broke).
        if (LastByteHandedOver)
            throw new IOException("This request was handed over already and must not be sent again.");

        CancellationToken stop = _watchdog?.Token ?? CancellationToken.None;
        stop.ThrowIfCancellationRequested();
        LastByteHandedOver = true;
        await (_watchdog?.WriteAsync(stream, _bytes, _bytes.Length, stop) ?? stream.WriteAsync(_bytes, 0, _bytes.Length, stop))
            .ConfigureAwait(false);
        await stream.FlushAsync(stop).ConfigureAwait(false);
        _watchdog?.AwaitHeaders();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
