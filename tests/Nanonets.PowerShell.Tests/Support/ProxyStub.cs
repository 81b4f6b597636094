using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A proxy that asks who calls and then refuses: it shows what is sent to a proxy.</summary>
public sealed class ProxyStub : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _seen = new();

    public ProxyStub()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Heads of all requests, one after the other.</summary>
    public string Seen
    {
        get
        {
            lock (_seen)
                return _seen.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using TcpClient line = client;
        using var reader = new StreamReader(line.GetStream(), Encoding.Latin1);
        while (true)
        {
            var head = new StringBuilder();
            while (await reader.ReadLineAsync() is { Length: > 0 } text)
                head.Append(text).Append('\n');
            if (head.Length == 0)
                return;

            lock (_seen)
                _seen.Append(head);
            bool known = head.ToString().Contains("Proxy-Authorization", StringComparison.Ordinal);
            string answer = known ? "HTTP/1.1 403 Forbidden\r\n" : "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n";
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer + "Content-Length: 0\r\n\r\n"));
        }
    }
}
