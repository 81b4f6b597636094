using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A proxy that passes plain http on to where it should go, one request a connection, and may ask who calls.</summary>
/// <param name="credential">User name and password that it asks for, as user:password; null to let everybody through.</param>
public sealed class RelayProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _heads = [];
    private readonly string? _credential;

    public RelayProxy(string? credential)
    {
        _credential = credential is null
            ? null
            : "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Heads of all requests, in order.</summary>
    public IReadOnlyList<string> Heads
    {
        get
        {
            lock (_heads)
                return [.. _heads];
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

            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient line = client;
        NetworkStream from = line.GetStream();
        try
        {
            string head = await ReadHeadAsync(from);
            lock (_heads)
                _heads.Add(head);
            if (_credential is not null && !head.Contains(_credential, StringComparison.Ordinal))
            {
                const string Head = "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nConnection: close\r\n";
                await from.WriteAsync(Encoding.ASCII.GetBytes(Head + "Content-Length: 0\r\n\r\n"));
                line.Client.Shutdown(SocketShutdown.Send);

                // What is left of the body: a close before its end would be a broken connection to the caller.
                await from.CopyToAsync(Stream.Null);
                return;
            }

            var target = new Uri(head.Split(' ')[1]);
            using var server = new TcpClient();
            await server.ConnectAsync(target.Host, target.Port);
            NetworkStream to = server.GetStream();
            string[] passed = [.. head.TrimEnd().Split("\r\n")
                .Where(static header => !header.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)), "Connection: close"];
            await to.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", passed) + "\r\n\r\n"));
            Task upload = from.CopyToAsync(to);
            await to.CopyToAsync(from);
            line.Client.Shutdown(SocketShutdown.Send);
            await upload;
        }
        catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
        {
            // One end has had enough.
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
