using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.Resources;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Control;

/// <summary>What the emulator's page shows: where to connect, and what has changed since it asked last. Asking costs little.</summary>
internal sealed class ControlWatch(EmulatorContext context)
{
    /// <summary>So many requests are watched, the newest.</summary>
    private const int Watched = 200;

    /// <summary>Tells this emulator from one that was started in its place.</summary>
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>What the program prints when it starts, and the models that were created since.</summary>
    public Answer Connection(HttpRequest request) => Answer.Json(json =>
    {
        json.WriteStartObject();
        // Under the name that the caller uses: another one would be another origin.
        json.WriteString("api_uri", $"http://{request.Host}{ApiPipeline.Prefix.TrimEnd('/')}");
        json.WriteString("api_key", context.Options.ApiKey);
        json.WriteStartArray("model_ids");
        foreach (StoredModel model in context.Models.All.Where(static model => model.Type == ModelStore.Reading))
            json.WriteStringValue(model.Id);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Bill and faults, and the requests that began or ended after a step.</summary>
    public Answer Since(string? step)
    {
        _ = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int after);
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("emulator", _id);
            // Before the requests: what changes in between is told twice rather than never.
            json.WriteNumber("step", context.Requests.Steps);
            LoggedRequest[] newest = [.. context.Requests.Newest(Watched)];
            json.WriteNumber("oldest", newest.Length > 0 ? newest[0].Began : int.MaxValue);
            json.WriteStartArray("requests");
            foreach (LoggedRequest request in newest.Where(request => request.Began > after || request.Ended > after))
                ControlLog.Short(json, request);
            json.WriteEndArray();
            json.WriteNumber("total_pages", context.Billing.TotalPages);
            json.WriteNumber("charged_twice", context.Billing.ChargedTwice.Count);
            json.WritePropertyName("faults");
            ControlFaults.Write(json, context.Faults);
            json.WriteEndObject();
        });
    }
}
