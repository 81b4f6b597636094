using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nanonets.Emulator.Control;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.Resources;

namespace Nanonets.Emulator;

/// <summary>The documented API on this machine: loopback only, state in memory, strict by default.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly EmulatorContext _context;
    private readonly UrlFetcher _fetcher = new();
    private int _disposed;

    private EmulatorServer(WebApplication application, EmulatorContext context)
    {
        _application = application;
        _context = context;
    }

    /// <summary>Address of the server, with a slash at the end.</summary>
    public Uri BaseUri => _context.BaseUri;

    /// <summary>Address of the API: what a client connects to.</summary>
    public Uri ApiUri => new(BaseUri, "api/v2");

    /// <summary>How it behaves.</summary>
    public EmulatorOptions Options => _context.Options;

    /// <summary>Requests to the API.</summary>
    public RequestLog Requests => _context.Requests;

    /// <summary>What was charged.</summary>
    public BillingLedger Billing => _context.Billing;

    /// <summary>What goes wrong on purpose.</summary>
    public FaultList Faults => _context.Faults;

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator; stopped by disposing of it.</returns>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // Silent unless the emulator itself fails: that must not look like a fault of the service.
        builder.Logging.ClearProviders().AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Error)
            .SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.AddServerHeader = false;
        });
        // A flush is done when the bytes have left: a fault that cuts in the middle of an answer must not swallow what was before the cut.
        builder.WebHost.UseSockets(static sockets => sockets.MaxWriteBufferSize = 1);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var server = new EmulatorServer(builder.Build(), new EmulatorContext(options));
        server.Wire();
        await server._application.StartAsync(cancellationToken);
        server._context.BaseUri = new Uri(server._application.Urls.Single() + "/");
        return server;
    }

    /// <summary>Forgets uploads, charges, requests and faults, and sets the clock right.</summary>
    public void Reset() => _context.Reset();

    /// <summary>Serves a document on this machine, so that an upload can name it by its address.</summary>
    /// <param name="name">Its name: the last segment of the address.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>The address. Others than this machine's are never fetched.</returns>
    public Uri Serve(string name, byte[] content) => _context.Serve(name, content);

    /// <summary>
    /// Puts the clock forward (or back): files get read, addresses expire, windows pass. Waits that have begun are not shortened.
    /// </summary>
    /// <param name="by">By how much.</param>
    public void Advance(TimeSpan by) => _context.Clock.Advance(by);

    /// <summary>Completes when the server is asked to stop by the system (Ctrl+C, SIGTERM).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that completes then.</returns>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        _context.Stop();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _fetcher.Dispose();
        _context.Dispose();
    }

    private void Wire()
    {
        var signedUrls = new SignedUrls(_context);
        var signedFiles = new SignedFileHandler(_context, signedUrls);
        var control = new ControlHandler(_context, new ResultHandler(_context, new PageWriter(_context), signedUrls));
        var api = new ApiPipeline(_context, ApiRoutes.Of(_context, signedUrls, _fetcher));
        _application.Run(http => Admit(http.Request, http.Response) is { } refusal
            ? api.SendAsync(http, Answer.Error(refusal))
            : HandleAsync(http));

        Task HandleAsync(HttpContext http) => http.Request.Path.Value switch
        {
            _ when PageFiles.Has(http.Request) => api.SendAsync(http, PageFiles.Get(http.Request)),
            { } path when path.StartsWith(ApiPipeline.Prefix, StringComparison.Ordinal) => api.HandleAsync(http),
            { } path when path.StartsWith(SignedUrls.Prefix, StringComparison.Ordinal) =>
                api.SendAsync(http, signedFiles.Get(path[SignedUrls.Prefix.Length..], http.Request.Query)),
            { } path when path.StartsWith(ControlHandler.Prefix, StringComparison.Ordinal) =>
                ControlAsync(http, path[ControlHandler.Prefix.Length..]),
            _ => api.SendAsync(http, Answer.Error(ApiError.RouteNotFound)),
        };

        async Task ControlAsync(HttpContext http, string path) => await api.SendAsync(http, await control.HandleAsync(http.Request, path));
    }

    private static ApiError? Admit(HttpRequest request, HttpResponse response)
    {
        // Signed addresses lead to documents, which viewers of browsers show in frames of their own: types of content that hold no script.
        bool isSigned = request.Path.Value!.StartsWith(SignedUrls.Prefix, StringComparison.Ordinal);
        if (!isSigned)
            response.Headers.ContentSecurityPolicy = PageFiles.Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        // A browser sends even an upload again when a connection breaks that has carried a request before: each has its own, or a fault
        // that cuts it once would strike twice.
        if (LocalCaller.IsBrowser(request))
            response.Headers.Connection = "close";
        return LocalCaller.Refusal(request, isPublic: isSigned || PageFiles.Has(request));
    }
}
