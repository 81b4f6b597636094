using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Faults;
using Nanonets.Emulator.Resources;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Http;

/// <summary>A request that matched a route, with a model that exists where the route names one.</summary>
/// <param name="Model">The model of the address; null when the route names none.</param>
/// <param name="Id">The file or page of the address; empty when the route names none.</param>
/// <param name="Form">The form of its body; empty for routes that take none.</param>
/// <param name="Target">What rules for files look at.</param>
/// <param name="Fault">The rule that hit it.</param>
/// <param name="Logged">Its entry in the log.</param>
internal sealed record RouteCall(
    HttpContext Http, StoredModel? Model, string Id, UploadForm Form, FaultTarget Target, FaultRule? Fault, LoggedRequest Logged)
{
    public string ModelId => Model?.Id ?? string.Empty;

    /// <summary>A query value; null when it is not there.</summary>
    public string? Query(string name) =>
        Http.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) ? value.ToString() : null;

    /// <summary>The body as JSON; null when it is none.</summary>
    public async Task<JsonElement?> JsonAsync()
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(Http.Request.Body, cancellationToken: Http.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
