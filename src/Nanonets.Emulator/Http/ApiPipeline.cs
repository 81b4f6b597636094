using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Resources;

namespace Nanonets.Emulator.Http;

/// <summary>The way of a request to the API: log, fault, key, model, route, answer.</summary>
internal sealed class ApiPipeline(EmulatorContext context, RequestLog log, FaultList faults, IReadOnlyList<ApiRoute> routes)
{
    public const string Prefix = "/api/v2/";

    private static readonly byte[] s_gatewayPage = Encoding.UTF8.GetBytes("<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>");

    public async Task HandleAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        var logged = new LoggedRequest
        {
            Method = request.Method,
            Target = request.Path + request.QueryString,
            ReceivedAt = context.Now,
            HasAuthorization = request.Headers.Authorization.Count > 0,
            UserAgent = request.Headers.UserAgent,
            ContentLength = request.ContentLength,
        };
        log.Add(logged);

        string path = request.Path.Value![Prefix.Length..];
        (ApiRoute Route, Dictionary<string, string> Values)? match = routes
            .Select(route => (Route: route, Values: route.Match(request.Method, path)))
            .Where(static candidate => candidate.Values is not null)
            .Select(static candidate => ((ApiRoute, Dictionary<string, string>)?)(candidate.Route, candidate.Values!))
            .FirstOrDefault();
        logged.Route = match?.Route.Name;
        FaultRule? fault = match is var (matched, _) ? faults.Match(matched.Name) : null;

        if (fault is { Kind: FaultKind.CutBefore })
        {
            http.Abort();
            return;
        }

        if (fault is { Kind: FaultKind.Stall })
        {
            await request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }

        if (fault is { Kind: FaultKind.Delay })
            await Task.Delay(fault.Delay, context.Options.TimeProvider, http.RequestAborted);
        Answer answer = fault is { Kind: FaultKind.Status } ? Scripted(fault) : await AnswerAsync(http, logged, match);

        switch (fault?.Kind)
        {
            case FaultKind.CutAfter:
                http.Abort();
                return;
            case FaultKind.StatusAfter:
                answer = Scripted(fault);
                break;
        }

        logged.Status = answer.Status;
        await SendAsync(http, answer, truncated: fault?.Kind == FaultKind.TruncatedAnswer);
    }

    private async Task<Answer> AnswerAsync(HttpContext http, LoggedRequest logged, (ApiRoute Route, Dictionary<string, string> Values)? match)
    {
        if (!BasicAuthentication.Accepts(http.Request.Headers.Authorization, context.Options.ApiKey))
            return Answer.Error(ApiError.Unauthorized);
        if (match is not var (route, values))
            return Answer.Error(ApiError.RouteNotFound);
        if (values.GetValueOrDefault("model") is { } model && model != context.Options.ModelId)
            return Answer.Error(ApiError.ModelNotFound);

        return await route.Handle(new RouteCall(http, logged, values.GetValueOrDefault("model", string.Empty), values.GetValueOrDefault("id", string.Empty)));
    }

    private static Answer Scripted(FaultRule fault) => fault.Body switch
    {
        FaultBody.Html => new Answer(fault.Status, s_gatewayPage, "text/html", fault.RetryAfter),
        FaultBody.Empty => new Answer(fault.Status, default, RetryAfter: fault.RetryAfter),
        _ => Answer.Error(ApiError.Of(fault.Status), fault.RetryAfter),
    };

    public static async Task SendAsync(HttpContext http, Answer answer, bool truncated = false)
    {
        // What is left of a body that was not needed: an answer before its end would look like a broken connection to the client.
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        if (answer.RetryAfter is not null)
            http.Response.Headers.RetryAfter = answer.RetryAfter;
        await http.Response.Body.WriteAsync(truncated ? answer.Body[..(answer.Body.Length / 2)] : answer.Body, http.RequestAborted);
        if (truncated)
        {
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
        }
    }
}
