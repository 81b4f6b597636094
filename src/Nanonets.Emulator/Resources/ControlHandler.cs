using System.Collections.Generic;
using System.Text.Json;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.Resources;

/// <summary>What tests and demonstrations ask the emulator itself, under <c>/__emulator/</c>, without a key.</summary>
internal sealed class ControlHandler(EmulatorServer server)
{
    public const string Prefix = "/__emulator/";

    public Answer Handle(string method, string path) => (method, path.TrimEnd('/')) switch
    {
        ("GET", "requests") => Requests(),
        ("GET", "billing") => Billing(),
        ("POST", "reset") => Reset(),
        _ => Answer.Error(ApiError.RouteNotFound),
    };

    private Answer Reset()
    {
        server.Reset();
        return Answer.Json(static json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
    }

    private Answer Requests() => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (LoggedRequest request in server.Requests.All)
        {
            json.WriteStartObject();
            json.WriteString("route", request.Route);
            json.WriteString("method", request.Method);
            json.WriteString("target", request.Target);
            json.WriteString("received_at", request.ReceivedAt);
            if (request.Status is { } status)
                json.WriteNumber("status", status);
            else
                json.WriteNull("status");
            json.WriteBoolean("has_authorization", request.HasAuthorization);
            json.WriteStartArray("file_names");
            foreach (string name in request.FileNames)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartObject("fields");
            foreach (KeyValuePair<string, string> field in request.Fields)
                json.WriteString(field.Key, field.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private Answer Billing() => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("total_pages", server.Billing.TotalPages);
        json.WriteStartArray("charges");
        foreach (Charge charge in server.Billing.Charges)
        {
            json.WriteStartObject();
            json.WriteString("sha256", charge.Sha256);
            json.WriteString("file_name", charge.FileName);
            json.WriteString("request_file_id", charge.RequestFileId);
            json.WriteNumber("pages", charge.Pages);
            json.WriteNumber("bytes", charge.Bytes);
            json.WriteNumber("times_charged", server.Billing.TimesCharged(charge.Sha256));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
