using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.Resources;

namespace Nanonets.Emulator.Control;

/// <summary>What tests and demonstrations ask of the emulator itself, under <c>/__emulator/</c>, without a key.</summary>
internal sealed class ControlHandler(EmulatorContext context, ResultHandler results)
{
    public const string Prefix = "/__emulator/";

    private const string Documents = "documents/";
    private const string Requests = "requests/";
    private const string Faults = "faults/";
    private const string Files = "files/";

    private readonly ControlWatch _watch = new(context);

    public async Task<Answer> HandleAsync(HttpRequest request, string path)
    {
        try
        {
            return (request.Method, path.TrimEnd('/')) switch
            {
                ("GET", "requests") => Answer.Json(json => ControlLog.Requests(json, context.Requests)),
                ("GET", var name) when name.StartsWith(Requests, StringComparison.Ordinal) => Request(name[Requests.Length..]),
                ("GET", "watch") => _watch.Since(request.Query["since"]),
                ("GET", "connection") => _watch.Connection(request),
                ("GET", var name) when name.StartsWith(Files, StringComparison.Ordinal) => results.Look(name[Files.Length..]),
                ("GET", "billing") => Answer.Json(json => ControlLog.Billing(json, context.Billing)),
                ("POST", "reset") => Reset(),
                ("GET", "faults") => ControlFaults.List(context.Faults),
                ("POST", "faults") => ControlFaults.Add(context.Faults, await BodyAsync(request)),
                ("DELETE", "faults") => ControlFaults.Clear(context.Faults),
                ("DELETE", var name) when name.StartsWith(Faults, StringComparison.Ordinal) =>
                    ControlFaults.Remove(context.Faults, name[Faults.Length..]),
                ("GET", "options") => ControlOptions.Show(context.Options),
                ("POST", "options") => ControlOptions.Change(context.Options, await BodyAsync(request)),
                ("GET", "clock") => Clock(),
                ("POST", "clock") => Advance(await BodyAsync(request)),
                ("PUT", var name) when name.StartsWith(Documents, StringComparison.Ordinal) =>
                    await KeepAsync(name[Documents.Length..], request),
                ("GET", var name) when name.StartsWith(Documents, StringComparison.Ordinal) => Serve(name[Documents.Length..]),
                _ => Answer.Error(ApiError.RouteNotFound),
            };
        }
        catch (JsonException wrong)
        {
            return Answer.Error(new ApiError(400, "Bad Request", "Wrong request to the emulator", wrong.Message));
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpRequest request)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        return document.RootElement.Clone();
    }

    /// <summary>Keeps a document that uploads can then name by its address here.</summary>
    private async Task<Answer> KeepAsync(string name, HttpRequest request)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, request.HttpContext.RequestAborted);
        Uri address = context.Serve(name, content.ToArray());
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("url", address.ToString());
            json.WriteEndObject();
        });
    }

    private Answer Request(string began) =>
        int.TryParse(began, NumberStyles.None, CultureInfo.InvariantCulture, out int step) && context.Requests.Find(step) is { } request
            ? Answer.Json(json => ControlLog.Whole(json, request))
            : Answer.Error(ApiError.RouteNotFound);

    private Answer Serve(string name) => context.Served.TryGetValue(name, out byte[]? content)
        ? new Answer(200, content, "application/octet-stream")
        : Answer.Error(ApiError.RouteNotFound);

    private Answer Reset()
    {
        context.Reset();
        return Clock();
    }

    private Answer Advance(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("advance", out JsonElement by))
            throw new JsonException("Give \"advance\": seconds as a number, or a time as \"d.hh:mm:ss\".");

        context.Clock.Advance(by.Deserialize<TimeSpan>(ControlJson.Options));
        return Clock();
    }

    private Answer Clock() => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", context.Now);
        json.WriteEndObject();
    });
}
