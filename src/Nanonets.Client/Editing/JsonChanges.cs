using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Nanonets.Editing;

/// <summary>Copies an object member by member, with a few texts changed; a member that is not there yet is added at the end.</summary>
internal sealed class JsonChanges(Utf8JsonWriter json)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The new text of a member.</summary>
    public string this[string member]
    {
        set => _texts[member] = value;
    }

    /// <param name="source">The object.</param>
    /// <param name="member">A member whose value is written by <paramref name="write"/>, where the object has it.</param>
    /// <param name="write">Writes that value.</param>
    public void Write(JsonElement source, string? member = null, Action? write = null)
    {
        json.WriteStartObject();
        foreach (JsonProperty property in source.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            if (_texts.TryGetValue(property.Name, out string? text))
            {
                json.WriteStringValue(text);
                _texts.Remove(property.Name);
            }
            else if (write is not null && property.Value.ValueKind == JsonValueKind.Array
                && string.Equals(property.Name, member, StringComparison.OrdinalIgnoreCase))
            {
                write();
            }
            else
            {
                json.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }
        }

        foreach (KeyValuePair<string, string> added in _texts)
            json.WriteString(added.Key, added.Value);
        json.WriteEndObject();
    }
}
