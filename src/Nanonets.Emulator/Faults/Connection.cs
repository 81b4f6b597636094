using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Nanonets.Emulator.Faults;

/// <summary>What faults do to the connection under a request.</summary>
internal static class Connection
{
    private const string Requests = "Nanonets.Emulator.Requests";

    /// <summary>Counts a request on its connection; true from the second on.</summary>
    public static bool CountsAsReused(HttpContext http)
    {
        if (http.Features.Get<IConnectionItemsFeature>() is not { } items)
            return false;

        bool reused = items.Items.ContainsKey(Requests);
        items.Items[Requests] = true;
        return reused;
    }

    /// <summary>Resets the connection, or ends it in good order and waits for the other side to do the same.</summary>
    public static async Task CutAsync(HttpContext http, bool graceful)
    {
        if (graceful && http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.Shutdown(SocketShutdown.Send);
            await SilenceAsync(http);
        }

        http.Abort();
    }

    /// <summary>Waits until the client goes away.</summary>
    public static async Task SilenceAsync(HttpContext http) =>
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Closes the connection as soon as this request is done, without a word in its answer.</summary>
    public static void CloseWhenIdle(HttpContext http) =>
        http.Response.OnCompleted(() =>
        {
            http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            return Task.CompletedTask;
        });
}
