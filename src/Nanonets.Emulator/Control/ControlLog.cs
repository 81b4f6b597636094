using System.Collections.Generic;
using System.Text.Json;

namespace Nanonets.Emulator.Control;

/// <summary>Writes the request log and the billing ledger.</summary>
internal static class ControlLog
{
    public static void Requests(Utf8JsonWriter json, RequestLog log)
    {
        json.WriteStartArray();
        foreach (LoggedRequest request in log.All)
        {
            json.WriteStartObject();
            json.WriteString("route", request.Route);
            json.WriteString("model", request.Model);
            json.WriteString("method", request.Method);
            json.WriteString("target", request.Target);
            json.WriteString("received_at", request.ReceivedAt);
            json.WriteNumber("began", request.Began);
            Number(json, "ended", request.Ended);
            Number(json, "status", request.Status);
            json.WriteString("fault", request.Fault is { } fault ? JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()) : null);
            json.WriteBoolean("has_authorization", request.HasAuthorization);
            json.WriteBoolean("on_reused_connection", request.OnReusedConnection);
            Texts(json, "file_names", request.FileNames);
            Texts(json, "file_hashes", request.FileHashes);
            json.WriteStartObject("fields");
            foreach (KeyValuePair<string, string> field in request.Fields)
                json.WriteString(field.Key, field.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Billing(Utf8JsonWriter json, BillingLedger ledger)
    {
        json.WriteStartObject();
        json.WriteNumber("total_pages", ledger.TotalPages);
        Texts(json, "charged_twice", ledger.ChargedTwice);
        json.WriteStartArray("charges");
        foreach (Charge charge in ledger.Charges)
        {
            json.WriteStartObject();
            json.WriteString("sha256", charge.Sha256);
            json.WriteString("file_name", charge.FileName);
            json.WriteString("request_file_id", charge.RequestFileId);
            json.WriteNumber("pages", charge.Pages);
            json.WriteNumber("bytes", charge.Bytes);
            json.WriteNumber("times_charged", ledger.TimesCharged(charge.Sha256));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
