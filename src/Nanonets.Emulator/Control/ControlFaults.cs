using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.Control;

/// <summary>Fault rules by HTTP: the members of <see cref="FaultRule"/> in snake case, one object or an array of them.</summary>
internal static class ControlFaults
{
    public static Answer Add(FaultList faults, JsonElement body)
    {
        FaultRule[] rules = body.ValueKind == JsonValueKind.Array
            ? body.Deserialize<FaultRule[]>(ControlJson.Options)!
            : [body.Deserialize<FaultRule>(ControlJson.Options)!];
        foreach (FaultRule rule in rules)
            faults.Add(rule);
        return List(faults);
    }

    public static Answer Clear(FaultList faults)
    {
        faults.Clear();
        return List(faults);
    }

    /// <summary>Removes one by its number; that it is gone already is no mistake.</summary>
    public static Answer Remove(FaultList faults, string number)
    {
        if (faults.All.FirstOrDefault(rule => rule.Number.ToString(CultureInfo.InvariantCulture) == number) is { } rule)
            faults.Remove(rule);
        return List(faults);
    }

    public static Answer List(FaultList faults) => Answer.Json(json => Write(json, faults));

    public static void Write(Utf8JsonWriter json, FaultList faults)
    {
        json.WriteStartArray();
        foreach (FaultRule rule in faults.All)
            Write(json, rule);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FaultRule rule)
    {
        json.WriteStartObject();
        JsonObject members = JsonSerializer.SerializeToNode(rule, ControlJson.Options)!.AsObject();
        foreach (KeyValuePair<string, JsonNode?> member in members.Where(static member => member.Value is not null))
        {
            json.WritePropertyName(member.Key);
            member.Value!.WriteTo(json);
        }

        json.WriteNumber("number", rule.Number);
        json.WriteNumber("hits", rule.Hits);
        json.WriteEndObject();
    }
}
