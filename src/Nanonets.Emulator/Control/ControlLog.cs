using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Control;

/// <summary>Writes the request log, whole and in short, and the billing ledger.</summary>
internal static class ControlLog
{
    public static void Requests(Utf8JsonWriter json, RequestLog log)
    {
        json.WriteStartArray();
        foreach (LoggedRequest request in log.All)
        {
            json.WriteStartObject();
            Members(json, request);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A request with its headers, its charges and its answer, as far as they are kept.</summary>
    public static void Whole(Utf8JsonWriter json, LoggedRequest request)
    {
        RequestDetails? details = request.Details;
        json.WriteStartObject();
        Members(json, request);
        json.WriteStartObject("headers");
        foreach ((string name, string value) in details?.Headers ?? [])
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("body", details?.Body);
        json.WriteStartArray("charges");
        foreach (Charge charge in request.Charges)
        {
            json.WriteStartObject();
            Members(json, charge);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (details?.Answer is { } answer)
        {
            json.WriteStartObject("answer");
            json.WriteString("content_type", details.AnswerType);
            json.WriteString("retry_after", details.RetryAfter);
            json.WriteNumber("length", details.AnswerLength);
            json.WriteString("text", Encoding.UTF8.GetString(answer));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("answer");
        }

        json.WriteBoolean("is_kept", details is not null);
        json.WriteEndObject();
    }

    /// <summary>What a list of requests shows.</summary>
    public static void Short(Utf8JsonWriter json, LoggedRequest request)
    {
        json.WriteStartObject();
        Outline(json, request);
        json.WriteString("try", request.TryId);
        json.WriteString("first_file_name", request.FileNames.Count > 0 ? request.FileNames[0] : null);
        json.WriteNumber("files", request.FileNames.Count);
        json.WriteEndObject();
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
            Members(json, charge);
            json.WriteNumber("times_charged", ledger.TimesCharged(charge.Sha256));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Outline(Utf8JsonWriter json, LoggedRequest request)
    {
        json.WriteString("route", request.Route);
        json.WriteString("model", request.Model);
        json.WriteString("method", request.Method);
        json.WriteString("target", request.Target);
        json.WriteString("received_at", request.ReceivedAt);
        json.WriteNumber("began", request.Began);
        Number(json, "ended", request.Ended);
        if (request.Duration is { } duration)
            json.WriteNumber("duration", duration.TotalSeconds);
        else
            json.WriteNull("duration");
        Number(json, "status", request.Status);
        json.WriteString("fault", request.Fault is { } fault ? JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()) : null);
        json.WriteNumber("charged_pages", request.Charges.Sum(static charge => charge.Pages));
    }

    private static void Members(Utf8JsonWriter json, LoggedRequest request)
    {
        Outline(json, request);
        json.WriteBoolean("has_authorization", request.HasAuthorization);
        json.WriteBoolean("on_reused_connection", request.OnReusedConnection);
        Texts(json, "file_names", request.FileNames);
        Texts(json, "file_hashes", request.FileHashes);
        json.WriteStartObject("fields");
        foreach (KeyValuePair<string, string> field in request.Fields)
            json.WriteString(field.Key, field.Value);
        json.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter json, Charge charge)
    {
        json.WriteString("sha256", charge.Sha256);
        json.WriteString("file_name", charge.FileName);
        json.WriteString("request_file_id", charge.RequestFileId);
        json.WriteNumber("pages", charge.Pages);
        json.WriteNumber("bytes", charge.Bytes);
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
