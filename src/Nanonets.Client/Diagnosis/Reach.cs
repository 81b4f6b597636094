using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Diagnosis;

/// <summary>What the checks of a connection do on the network, none of it for longer than a person waits.</summary>
internal static class Reach
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

#if NETSTANDARD2_0
    public static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Dns.GetHostAddressesAsync(host);
    }
#else
    public static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
#endif

    public static async Task<TcpClient> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var line = new TcpClient();
        try
        {
            await Within(line.ConnectAsync(address.DnsSafeHost, address.Port), cancellationToken).ConfigureAwait(false);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Waits for what cannot be cancelled itself.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task Within(Task work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task first = await Task.WhenAny(work, Task.Delay(s_patience, limit.Token)).ConfigureAwait(false);
        limit.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        if (first != work)
            throw new TimeoutException($"No answer in {s_patience.TotalSeconds:0} s.");
        await work.ConfigureAwait(false);
    }

    public static async Task<T> Within<T>(Task<T> work, CancellationToken cancellationToken)
    {
        await Within((Task)work, cancellationToken).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }
}
