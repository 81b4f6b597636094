using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Nanonets.Json;

namespace Nanonets.Client.Tests.Json;

/// <summary>
/// The reference of output types says which member of the service's JSON a property is read from: the value element of its comment. Each
/// is tried here, so that the page cannot say what is not so.
/// </summary>
public class ApiMemberTests
{
    /// <summary>Something of every kind that a member can hold: one of them changes the property.</summary>
    private static readonly string[] s_samples =
    [
        "5", "\"failure\"", "\"table\"", "\"x\"", "false", "\"3542f7bd-033b-11f0-9c4d-02a4c6e8f013\"", "[\"x\"]", """{"width":7,"height":7}""",
        """[{"label":"x","name":"x","text":"x"}]""", """{"k":{"original":"https://files.example/x"}}""", """{"xmin":7}""",
    ];

    /// <summary>Where each type is read, how, and what the rest of the object must hold for its members to count.</summary>
    private static readonly Dictionary<Type, (string Others, Func<JsonElement, object?> Read)> s_readers = new()
    {
        [typeof(PageResult)] = (
            """{"request_file_id":"f","is_moderated":true,"day_since_epoch":20000,"url":"k"}""",
            static json => AnswerReader.Webhook(json).Single()),
        [typeof(Prediction)] = ("""{"label":"l"}""", static json => Page("prediction", json).Prediction[0]),
        [typeof(TableCell)] = ("{}", static json => Page("prediction", In("cells", json)).Prediction[0].Cells[0]),
        [typeof(BoundingBox)] = ("""{"score":1,"xmin":1}""", static json => Page("prediction", json).Prediction[0].Box),
        [typeof(PageSize)] = ("""{"width":1,"height":1}""", static json => Page("size", json).Size),
        [typeof(SignedUrlSet)] = (
            """{"original":"https://files.example/k"}""",
            static json => AnswerReader.Webhook(In("signed_urls", In("k", json), ("filepath", "k"), ("request_file_id", "f"))).Single()
                .SignedUrls!.PageImage),
        [typeof(NanonetsModel)] = ("{}", AnswerReader.Model),
        [typeof(ModelCategory)] = ("""{"name":"n"}""", static json => AnswerReader.Model(In("categories", List(json))).Categories[0]),
        [typeof(TextPage)] = ("{}", static json => Text(json, json)),
        [typeof(TextWord)] = ("{}", static json => Text(In("words", List(json)), json).Words[0]),
        [typeof(TrainingDocument)] = (
            "{}", static json => TrainingJson.Read(In("Data", List(json), ("Meta", Member(json, "Meta"))), "m").Single()),
        [typeof(TrainingAnnotation)] = (
            "{}", static json => TrainingJson.Read(In("Data", List(In("object", List(json)))), "m").Single().Annotations[0]),
    };

    private static readonly (PropertyInfo Property, string[] Members)[] s_documented = [.. Documented()];

    public static TheoryData<string> Members =>
        [.. s_documented.SelectMany(static one => one.Members.Select(member => $"{NameOf(one.Property)} {member}"))];

    [Theory]
    [MemberData(nameof(Members))]
    public void Is_read_from_the_member_that_is_documented(string name)
    {
        (PropertyInfo property, string member) = Of(name);
        (string others, Func<JsonElement, object?> read) = s_readers[property.DeclaringType!];
        string Value(string? sample) => Shown(property.GetValue(read(Parse(With(others, member, sample)))));
        string without = Value(null);
        Assert.Contains(s_samples, sample => Value(sample) != without);
    }

    /// <summary>What is read of a page is in the reference.</summary>
    [Fact]
    public void What_is_read_is_documented()
    {
        string[] documented = [.. s_documented.SelectMany(static one => one.Members).Select(static member => member.Split('.')[0])];
        Assert.All(Read(typeof(PageMembers)).Concat(Read(typeof(BoxMembers))), member => Assert.Contains(
            member, documented.Append("duplicate")));
    }

    private static IEnumerable<string> Read(Type members) => members.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(static field => field.GetValue(null)!)
        .SelectMany(static table => ((IEnumerable)table.GetType()
            .GetField("_members", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(table)!).Cast<IEnumerable>())
        .SelectMany(static ofLength => ofLength.Cast<object>())
        .Select(static one => Encoding.ASCII.GetString((byte[])one.GetType().GetField("Item1")!.GetValue(one)!));

    private static IEnumerable<(PropertyInfo Property, string[] Members)> Documented()
    {
        string file = Path.ChangeExtension(typeof(PageResult).Assembly.Location, "xml");
        foreach (XElement member in XDocument.Load(file).Descendants("member").Where(static member => member.Element("value") is not null))
        {
            string name = ((string)member.Attribute("name")!)[2..];
            Type type = typeof(PageResult).Assembly.GetType(name[..name.LastIndexOf('.')], throwOnError: true)!;
            yield return (type.GetProperty(name[(name.LastIndexOf('.') + 1)..])!, member.Element("value")!.Value.Split(", "));
        }
    }

    private static (PropertyInfo Property, string Member) Of(string name)
    {
        string[] parts = name.Split(' ');
        return (s_documented.Single(one => NameOf(one.Property) == parts[0]).Property, parts[1]);
    }

    private static string NameOf(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";

    private static string With(string others, string member, string? sample)
    {
        JsonObject json = JsonNode.Parse(others)!.AsObject();
        string[] path = member.Split('.');
        if (sample is not null && JsonNode.Parse(sample) is var value)
            json[path[0]] = path.Length == 1 ? value : new JsonObject { [path[1]] = value };
        return json.ToJsonString();
    }

    private static PageResult Page(string member, JsonElement value) =>
        AnswerReader.Webhook(In(member, value, ("request_file_id", "f"))).Single();

    private static TextPage Text(JsonElement page, JsonElement file)
    {
        JsonObject json = JsonNode.Parse(file.GetRawText())!.AsObject();
        json["page_data"] = new JsonArray(JsonNode.Parse(page.GetRawText()));
        return TextAnswerReader.Read(In("result", List(Parse(json.ToJsonString())))).Single();
    }

    private static JsonElement In(string member, JsonElement value, params (string Name, object? Value)[] more)
    {
        var json = new JsonObject { [member] = JsonNode.Parse(value.GetRawText()) };
        foreach ((string name, object? other) in more)
            json[name] = other is JsonElement element ? JsonNode.Parse(element.GetRawText()) : JsonValue.Create(other as string);
        return Parse(json.ToJsonString());
    }

    private static JsonElement List(JsonElement item) => Parse($"[{item.GetRawText()}]");

    private static JsonElement Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : Parse("{}");

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>As far as it tells one value from another.</summary>
    private static string Shown(object? value) => value switch
    {
        null => string.Empty,
        PageSignedUrls or SignedUrl => "some",
        Array list => string.Join(';', list.Cast<object>()) + list.Length,
        _ => value.ToString()!,
    };
}
