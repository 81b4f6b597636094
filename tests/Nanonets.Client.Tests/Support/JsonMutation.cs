using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace Nanonets.Client.Tests.Support;

/// <summary>Changes a JSON object in ways that the service might: members missing, null, in another case, of another type, unknown, one object for a list.</summary>
internal static class JsonMutation
{
    private const int Kinds = 8;

    /// <param name="root">The object; it stays one, what is in it changes.</param>
    /// <param name="number">Says what happens where.</param>
    public static void Apply(JsonObject root, int number)
    {
        List<(JsonObject Owner, string Name)> members = [.. Members(root)];
        if (members.Count == 0)
            return;

        (JsonObject owner, string name) = members[number / Kinds % members.Count];
        JsonNode? value = owner[name];
        switch (number % Kinds)
        {
            case 0:
                owner.Remove(name);
                break;
            case 1:
                owner[name] = null;
                break;
            case 2:
                owner.Remove(name);
                owner[name.ToUpperInvariant()] = value?.DeepClone();
                break;
            case 3:
                owner[name] = OtherNumber(value);
                break;
            case 4:
                owner["unknown_" + name] = new JsonObject { ["list"] = new JsonArray(1, "two", null, new JsonObject { ["page"] = 7 }) };
                break;
            case 5:
                owner[name] = value is JsonArray { Count: 1 } list ? list[0]?.DeepClone() : new JsonArray(value?.DeepClone());
                break;
            case 6:
                owner[name] = "not what it was";
                break;
            default:
                owner[name] = new JsonObject { ["nested"] = value?.DeepClone() };
                break;
        }
    }

    /// <summary>12 becomes "12", "12" becomes 12, and true becomes "true".</summary>
    private static JsonNode? OtherNumber(JsonNode? value) => value switch
    {
        JsonValue scalar when scalar.TryGetValue(out string? text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : text.Length,
        JsonValue scalar => scalar.ToJsonString(),
        _ => 1e300,
    };

    private static IEnumerable<(JsonObject Owner, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(member => Members(member.Value).Prepend((owner, member.Key))),
        JsonArray list => list.SelectMany(Members),
        _ => [],
    };
}
