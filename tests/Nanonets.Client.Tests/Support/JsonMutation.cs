using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace Nanonets.Client.Tests.Support;

/// <summary>What the service might do to a member.</summary>
public enum MutationKind
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is null.</summary>
    Null,

    /// <summary>Its name is in another case.</summary>
    OtherCase,

    /// <summary>A number comes as text, a text as a number.</summary>
    OtherNumberType,

    /// <summary>A whole number comes with a fraction, 12.0.</summary>
    Fraction,

    /// <summary>A member that nobody knows stands beside it.</summary>
    UnknownMember,

    /// <summary>One object for a list, a list for one value.</summary>
    OneForList,

    /// <summary>A text that has nothing to do with it.</summary>
    OtherText,

    /// <summary>An object around it.</summary>
    Nested,
}

/// <summary>Changes a JSON object in ways that the service might.</summary>
internal static class JsonMutation
{
    private static readonly int s_kinds = Enum.GetValues<MutationKind>().Length;

    /// <param name="root">The object; it stays one, what is in it changes.</param>
    /// <param name="number">Says what happens where.</param>
    public static void Apply(JsonObject root, int number) => Apply(root, (MutationKind)(number % s_kinds), number / s_kinds);

    /// <param name="root">The object; it stays one, what is in it changes.</param>
    /// <param name="kind">What happens.</param>
    /// <param name="place">Says where.</param>
    public static void Apply(JsonObject root, MutationKind kind, int place)
    {
        List<(JsonObject Owner, string Name)> members = [.. Members(root)];
        if (members.Count == 0)
            return;

        (JsonObject owner, string name) = members[place % members.Count];
        JsonNode? value = owner[name];
        switch (kind)
        {
            case MutationKind.Missing:
                owner.Remove(name);
                break;
            case MutationKind.Null:
                owner[name] = null;
                break;
            case MutationKind.OtherCase:
                owner.Remove(name);
                owner[name.ToUpperInvariant()] = value?.DeepClone();
                break;
            case MutationKind.OtherNumberType:
                owner[name] = OtherNumber(value);
                break;
            case MutationKind.Fraction:
                if (value is JsonValue whole && whole.TryGetValue(out long number))
                    owner[name] = JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture) + ".0");
                break;
            case MutationKind.UnknownMember:
                owner["unknown_" + name] = new JsonObject { ["list"] = new JsonArray(1, "two", null, new JsonObject { ["page"] = 7 }) };
                break;
            case MutationKind.OneForList:
                owner[name] = value is JsonArray { Count: 1 } list ? list[0]?.DeepClone() : new JsonArray(value?.DeepClone());
                break;
            case MutationKind.OtherText:
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
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number
                : text.Length,
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
