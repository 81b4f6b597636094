using System;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Client.Tests.Support;

/// <summary>Throws what a scripted answer threw: the mock itself never completes a request whose responder fails.</summary>
internal sealed class FaultRelay(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response is Fault fault)
            ExceptionDispatchInfo.Capture(fault.Exception).Throw();
        return response;
    }

    internal sealed class Fault(Exception exception) : HttpResponseMessage
    {
        public Exception Exception { get; } = exception;
    }
}
