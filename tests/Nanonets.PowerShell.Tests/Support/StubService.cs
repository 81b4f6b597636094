using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>What a request to the stub was.</summary>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A service on a free loopback port that answers what a test says: for answers the emulator has no reason to give.</summary>
public sealed class StubService : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<StubRequest> _requests = [];

    public StubService(Func<StubRequest, (int Status, string Body)> answer)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync(answer);
    }

    public string Address { get; }

    /// <summary>Headers of every answer.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public StubRequest[] Uploads => [.. Requests.Where(static request => request.Method == "POST")];

    public StubRequest[] Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(Func<StubRequest, (int Status, string Body)> answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var request = new StubRequest(
                context.Request.HttpMethod, context.Request.RawUrl!,
                context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!,
                    StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
            lock (_requests)
                _requests.Add(request);
            (int status, string body) = answer(request);

            // What only answers uploads knows its model all the same: that is asked for first.
            if (request.Method == "GET" && status is 200 or 202 && body.StartsWith('{')
                && request.Target.StartsWith("/api/v2/OCR/Model/", StringComparison.Ordinal)
                && !body.Contains("model_id", StringComparison.Ordinal))
                body = """{"model_id":"m","model_type":"ocr","state":5,"categories":[]}""";
            context.Response.StatusCode = status;
            foreach ((string name, string value) in Headers)
                context.Response.Headers[name] = value;
            context.Response.ContentType = "application/json";
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
    }
}
