using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>
/// A service on a socket that knows a few stored files and answers everything else with an empty success: for cmdlets whose answers are not
/// documented, and for failures at will.
/// </summary>
public sealed class ScriptedService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<ServedRequest> _requests = [];

    private ScriptedService(WebApplication application) => _application = application;

    public string ApiUri { get; private set; } = string.Empty;

    /// <summary>Answers by file, as the service answers them.</summary>
    public Dictionary<string, string> Files { get; } = [];

    /// <summary>Answers other than the usual ones; null for the usual one.</summary>
    public Func<ServedRequest, (int Status, string Body)?> Answer { get; set; } = static _ => null;

    public IReadOnlyList<ServedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Requests that change something.</summary>
    public IEnumerable<ServedRequest> Changes => Requests.Where(request => request.Method != "GET");

    public static async Task<ScriptedService> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new ScriptedService(builder.Build());
        service._application.Run(service.ServeAsync);
        await service._application.StartAsync(TestContext.Current.CancellationToken);
        service.ApiUri = service._application.Urls.Single() + "/api/v2";
        return service;
    }

    /// <summary>Stores a file whose pages have fields: label and text after one another.</summary>
    public void AddFile(string id, params string[][] pages) =>
        AddFile(id, "success", [.. pages.Select((values, page) => string.Join(',', values.Chunk(2).Select((pair, i) =>
            $$"""
            {"id":"{{id}}-{{page}}-{{i}}","label":"{{pair[0]}}","xmin":1,"score":0.9,"ocr_text":"{{pair[1]}}","type":"field","page":{{page}},"label_id":"L-{{pair[0]}}","unknown":{"kept":1.50} }
            """)))]);

    /// <summary>Stores a file.</summary>
    public void AddFile(string id, string status, params string[] boxes) => Files[id] = JsonSerializer.Serialize(new
    {
        moderated_images = Array.Empty<object>(),
        unmoderated_images = boxes.Select((page, i) => JsonDocument.Parse(
            $$"""
            {"id":"{{id}}-page-{{i}}","request_file_id":"{{id}}","model_id":"m1","page":{{i}},"status":"{{status}}","original_file_name":"{{id}}.pdf","predicted_boxes":[{{page}}],"moderated_boxes":[]}
            """).RootElement),
    });

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new ServedRequest(
            http.Request.Method, http.Request.Path.Value!["/api/v2/".Length..] + http.Request.QueryString, await reader.ReadToEndAsync());
        lock (_requests)
            _requests.Add(request);
        (int status, string body) = Answer(request) ?? Usual(request);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    }

    private (int Status, string Body) Usual(ServedRequest request)
    {
        const string byFile = "InferenceRequestFiles/GetPredictions/";
        int at = request.Path.IndexOf(byFile, StringComparison.Ordinal);
        if (request.Method != "GET" || at < 0)
            return (200, "{}");
        return Files.TryGetValue(request.Path[(at + byFile.Length)..], out string? file)
            ? (200, file)
            : (404, Error(404, "File does not exist"));
    }

    public static string Error(int code, string reason) =>
        $$"""{"message":"x","code":{{code}},"errors":[{"reason":"{{reason}}","message":"Check it"}]}""";
}

/// <summary>A request that the service got.</summary>
public sealed record ServedRequest(string Method, string Path, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
