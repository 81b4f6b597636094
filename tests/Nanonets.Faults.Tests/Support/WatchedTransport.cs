using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Faults.Tests.Support;

/// <summary>Tells the lab's time of every request, from its first byte until its answer was let go.</summary>
internal sealed class WatchedTransport(HttpMessageHandler inner, LabTime time) : DelegatingHandler(inner)
{
    private int _open;

    /// <summary>Requests under way.</summary>
    public int Open => Volatile.Read(ref _open);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        time.Note();
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            response.Content = new WatchedContent(response.Content, End);
            return response;
        }
        catch
        {
            End();
            throw;
        }
    }

    private void End()
    {
        time.Note();
        Interlocked.Decrement(ref _open);
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _content;
        private Action? _over;

        public WatchedContent(HttpContent content, Action over)
        {
            (_content, _over) = (content, over);
            foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => _content.ReadAsStreamAsync();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            _content.Dispose();
            Interlocked.Exchange(ref _over, null)?.Invoke();
        }
    }
}
