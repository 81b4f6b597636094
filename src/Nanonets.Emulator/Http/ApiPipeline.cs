using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Faults;
using Nanonets.Emulator.Resources;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Http;

/// <summary>The way of a request to the API: log, form, key, model, route, answer; and a fault where a rule says so.</summary>
internal sealed class ApiPipeline(EmulatorContext context, IReadOnlyList<ApiRoute> routes)
{
    public const string Prefix = "/api/v2/";

    /// <summary>By this header the emulator's page finds its own requests in the log.</summary>
    private const string TryHeader = "X-Emulator-Try";

    private readonly FaultPlayer _player = new(context);

    public async Task HandleAsync(HttpContext http)
    {
        bool reused = Connection.CountsAsReused(http);
        LoggedRequest logged = Log(http.Request, reused);
        long began = context.Options.TimeProvider.GetTimestamp();
        // Requests that are stalled on purpose must not hold up the end of a test.
        using CancellationTokenRegistration stop = context.Stopping.Register(http.Abort);
        try
        {
            await HandleAsync(http, logged, reused);
        }
        catch (Exception failure)
            when (http.RequestAborted.IsCancellationRequested || failure is BadHttpRequestException or ConnectionResetException)
        {
            // The client went away: nobody is left to answer.
        }
        finally
        {
            context.Requests.End(logged, context.Options.TimeProvider.GetElapsedTime(began));
        }
    }

    private async Task HandleAsync(HttpContext http, LoggedRequest logged, bool reused)
    {
        HttpRequest request = http.Request;
        RouteMatch? match = RouteMatch.Find(routes, request.Method, request.Path.Value![Prefix.Length..]);
        logged.Route = match?.Route.Name;
        logged.Model = match?.Values.GetValueOrDefault("model");

        FaultTarget? target = match is null ? null : new(match.Route.Name, logged.Model, logged.Target, [], reused, context.Now);
        if (target is not null && context.Faults.HasUploadRules)
        {
            FaultTarget arriving = target with { FileNames = match!.Route.TakesForm
                ? await UploadHead.PeekAsync(request, http.RequestAborted)
                : [] };
            if (context.Faults.MatchUpload(arriving) is { } cut)
            {
                logged.Fault = cut.Kind;
                logged.FileNames = arriving.FileNames;
                await FaultPlayer.DuringUploadAsync(http, cut);
                return;
            }
        }

        UploadForm form = UploadForm.None;
        if (match?.Route.TakesForm == true)
            form = await UploadForm.ReadAsync(request, http.RequestAborted);
        else
            await logged.Details!.KeepBodyAsync(request, http.RequestAborted);
        logged.FileNames = [.. form.Files.Select(static file => file.FileName)];
        logged.FileHashes = [.. form.Files.Select(static file => file.Sha256)];
        logged.Fields = RequestDetails.Shortened(form.Fields);

        string[] names = [.. logged.FileNames, .. form.All("urls").Select(UrlFetcher.NameOf)];
        FaultRule? fault = target is null ? null : context.Faults.MatchRequest(target with { FileNames = names, Now = context.Now });
        logged.Fault = fault?.Kind;
        (bool goesOn, Answer? answer) = fault is null ? (true, null) : await _player.BeforeAsync(http, fault);
        if (goesOn)
        {
            answer = JsonShape.Apply(await AnswerAsync(http, logged, match, form, fault, target), context.Options);
            logged.Details!.Keep(answer);
            if (fault is not null)
                answer = await _player.AfterAsync(http, fault, answer);
        }

        if (answer is null)
            return;
        logged.Status = answer.Status;
        logged.Details!.Keep(answer);
        await SendAsync(http, answer, fault);
    }

    private LoggedRequest Log(HttpRequest request, bool reused)
    {
        var logged = new LoggedRequest
        {
            Method = request.Method,
            Target = request.Path + request.QueryString,
            ReceivedAt = context.Now,
            HasAuthorization = request.Headers.Authorization.Count > 0,
            UserAgent = request.Headers.UserAgent,
            ContentLength = request.ContentLength,
            OnReusedConnection = reused,
            TryId = request.Headers[TryHeader],
            Details = new RequestDetails(request),
        };
        context.Requests.Add(logged);
        return logged;
    }

    private async Task<Answer> AnswerAsync(
        HttpContext http, LoggedRequest logged, RouteMatch? match, UploadForm form, FaultRule? fault, FaultTarget? target)
    {
        if (!BasicAuthentication.Accepts(http.Request.Headers.Authorization, context.Options.ApiKey))
            return Answer.Error(ApiError.Unauthorized);
        if (match is null)
            return Answer.Error(ApiError.RouteNotFound);
        StoredModel? model = logged.Model is null ? null : context.Models.Find(logged.Model);
        if (logged.Model is not null && model is null)
            return Answer.Error(ApiError.ModelNotFound);

        return await match.Route.Handle(
            new RouteCall(http, model, match.Values.GetValueOrDefault("id", string.Empty), form, target!, fault, logged));
    }

    public async Task SendAsync(HttpContext http, Answer answer, FaultRule? fault = null)
    {
        // What is left of a body that was not needed: an answer before its end would look like a broken connection to the client.
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        http.Response.Headers.Date = context.Now.ToString("R");
        if (answer.RetryAfter is not null)
            http.Response.Headers.RetryAfter = answer.RetryAfter;
        if (answer.Location is not null)
            http.Response.Headers.Location = answer.Location;
        await _player.WriteBodyAsync(http, fault, answer.Body);
    }
}
