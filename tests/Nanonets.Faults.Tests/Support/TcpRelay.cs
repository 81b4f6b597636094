using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Faults.Tests.Support;

/// <summary>Stands between a sender and its database, and cuts the line when it is told to.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int> _target;
    private readonly List<TcpClient> _open = [];
    private volatile bool _isCut;

    /// <param name="target">The port behind it; asked for each connection.</param>
    public TcpRelay(Func<int> target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection, and lets no new one through.</summary>
    public void Cut()
    {
        _isCut = true;
        lock (_open)
        {
            _open.ForEach(static client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using TcpClient near_ = near;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            if (_isCut)
                return;

            await far.ConnectAsync(IPAddress.Loopback, _target());
            lock (_open)
                _open.AddRange([near, far]);
            if (_isCut)
                return;
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), CancellationToken.None),
                far.GetStream().CopyToAsync(near.GetStream(), CancellationToken.None));
        }
        catch (Exception broken) when (broken is SocketException or System.IO.IOException or ObjectDisposedException
            or InvalidOperationException)
        {
            // As a line breaks.
        }
    }
}
