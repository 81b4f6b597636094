using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.Control;

/// <summary>The options that can change while the emulator runs, in snake case; a change names only what changes.</summary>
internal static class ControlOptions
{
    public static Answer Show(EmulatorOptions options) => Answer.Json(json => Write(json, options));

    public static Answer Change(EmulatorOptions options, JsonElement body)
    {
        // First all values, then all changes: a mistake changes nothing.
        var changes = new List<(object Target, PropertyInfo Property, object? Value)>();
        Read(options, body, changes);
        foreach ((object target, PropertyInfo property, object? value) in changes)
            property.SetValue(target, value);
        return Show(options);
    }

    private static void Read(object target, JsonElement body, List<(object, PropertyInfo, object?)> changes)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new JsonException("Give an object of options.");

        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Changeable(target).FirstOrDefault(property => Name(property) == member.Name) is { } property)
                changes.Add((target, property, member.Value.Deserialize(property.PropertyType, ControlJson.Options)));
            else if (Nested(target).FirstOrDefault(property => Name(property) == member.Name) is { } nested)
                Read(nested.GetValue(target)!, member.Value, changes);
            else
                throw new JsonException($"There is no option {member.Name} that can change while the emulator runs.");
        }
    }

    private static void Write(Utf8JsonWriter json, object target)
    {
        json.WriteStartObject();
        foreach (PropertyInfo property in Changeable(target).Where(static property => property.Name != nameof(EmulatorOptions.ApiKey)))
        {
            json.WritePropertyName(Name(property));
            JsonSerializer.Serialize(json, property.GetValue(target), property.PropertyType, ControlJson.Options);
        }

        foreach (PropertyInfo property in Nested(target))
        {
            json.WritePropertyName(Name(property));
            Write(json, property.GetValue(target)!);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<PropertyInfo> Changeable(object target) => target.GetType().GetProperties()
        .Where(static property => property.SetMethod is { } set
            && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)));

    private static IEnumerable<PropertyInfo> Nested(object target) => target.GetType().GetProperties()
        .Where(static property => property.SetMethod is null && property.PropertyType == typeof(ListingOptions));

    private static string Name(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
