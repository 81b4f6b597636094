using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;
using Nanonets.Json;
using Nanonets.Listing;

namespace Nanonets.Client.Tests.Json;

/// <summary>
/// Whatever becomes of a body that the service might send: nothing throws, no page is lost, and what came can be read back whole.
/// </summary>
public class ReadingPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true);

    /// <summary>Each number changes one member somewhere.</summary>
    private static readonly Arbitrary<int[]> s_mutations = Gen.Choose(0, int.MaxValue).ArrayOf().ToArbitrary();

    private static readonly HashSet<string> s_pageMembers = new(
        ["request_file_id", "prediction", "predicted_boxes", "moderated_boxes"], StringComparer.OrdinalIgnoreCase);

    public static TheoryData<string> BodiesWithPages => [.. PageBodies];

    public static TheoryData<string> OtherBodies => [.. Example.Names("").Except(PageBodies).Except(["index"])];

    private static IEnumerable<string> PageBodies =>
        Example.Names("labelfile-", "labelurls-", "getpredictions-", "imagelevel-", "webhook-", "validation-callback")
        .Where(name => Example.Pages(Example.Json(name)).Any());

    [Theory]
    [MemberData(nameof(BodiesWithPages))]
    public void Pages_whose_members_change_are_neither_lost_nor_cut(string name) =>
        Check.One(s_config, Prop.ForAll(s_mutations, mutations =>
    {
        JsonNode body = JsonNode.Parse(Example.Read(name))!;
        JsonObject[] pages = [.. Pages(body)];
        foreach (int mutation in mutations)
            JsonMutation.Apply(pages[mutation % pages.Length], mutation / 3);
        AssertKept(pages, name, body);
    }));

    /// <summary>Each kind by itself, in any member of any page of any body; the first six are what is promised.</summary>
    [Theory]
    [InlineData(MutationKind.Missing)]
    [InlineData(MutationKind.Null)]
    [InlineData(MutationKind.OtherCase)]
    [InlineData(MutationKind.OtherNumberType)]
    [InlineData(MutationKind.UnknownMember)]
    [InlineData(MutationKind.OneForList)]
    [InlineData(MutationKind.Fraction)]
    [InlineData(MutationKind.OtherText)]
    [InlineData(MutationKind.Nested)]
    public void A_change_of_one_kind_neither_loses_nor_cuts_a_page(MutationKind kind)
    {
        string[] names = [.. PageBodies];
        Check.One(s_config, Prop.ForAll(s_mutations, places =>
        {
            string name = names[(places.Length == 0 ? 0 : places[0]) % names.Length];
            JsonNode body = JsonNode.Parse(Example.Read(name))!;
            JsonObject[] pages = [.. Pages(body)];
            foreach (int place in places)
                JsonMutation.Apply(pages[place % pages.Length], kind, place / 3);
            AssertKept(pages, name, body);
        }));
    }

    [Theory]
    [MemberData(nameof(BodiesWithPages))]
    public void Members_in_another_case_and_numbers_of_another_type_are_read_all_the_same(string name)
    {
        JsonNode body = JsonNode.Parse(Example.Read(name))!;
        PageResult[] before = Read(name, body.ToJsonString());
        foreach (JsonObject page in Pages(body).ToArray())
            Respell(page);
        PageResult[] after = Read(name, body.ToJsonString());
        Assert.Equal(before.Select(Typed), after.Select(Typed));

        static string Typed(PageResult page) =>
            JsonSerializer.Serialize(
                new { page.Page, page.Id, page.RequestFileId, page.Input, page.State, page.Size, page.Rotation, page.FieldCount,
                    page.Prediction });
    }

    [Theory]
    [MemberData(nameof(BodiesWithPages))]
    public void Unknown_members_around_the_pages_and_other_cases_change_nothing(string name)
    {
        JsonNode body = JsonNode.Parse(Example.Read(name))!;
        JsonObject[] pages = [.. Pages(body)];
        if (name != "validation-callback")
            Surround(body);
        AssertKept(pages, name, body);
    }

    [Theory]
    [MemberData(nameof(BodiesWithPages))]
    public void One_page_in_place_of_a_list_is_a_page(string name)
    {
        JsonNode body = JsonNode.Parse(Example.Read(name))!;
        JsonObject page = Pages(body).First();
        if (page.Parent is not JsonArray list)
            return;

        while (list.Count > 1)
            list.RemoveAt(list.Count - 1);
        var owner = (JsonObject)list.Parent!;
        string member = owner.First(entry => entry.Value == list).Key;
        list.Clear();
        owner[member] = page;
        AssertKept([.. Pages(body)], name, body);
    }

    [Theory]
    [MemberData(nameof(BodiesWithPages))]
    public void Lists_of_pages_that_are_null_hold_none(string name)
    {
        JsonNode body = JsonNode.Parse(Example.Read(name))!;
        foreach (JsonObject page in Pages(body).ToArray())
        {
            if (page.Parent is JsonArray { Parent: JsonObject owner } list)
                owner[owner.First(entry => entry.Value == list).Key] = null;
        }

        AssertKept([.. Pages(body)], name, body);
    }

    [Theory]
    [MemberData(nameof(OtherBodies))]
    public void Bodies_without_pages_never_throw(string name) => Check.One(s_config, Prop.ForAll(s_mutations, mutations =>
    {
        if (JsonNode.Parse(Example.Read(name)) is not JsonObject body)
            return;

        foreach (int mutation in mutations)
            JsonMutation.Apply(body, mutation);
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        JsonElement root = JsonDocument.Parse(bytes).RootElement;
        Assert.NotNull(AnswerReader.Model(root).Raw);
        Assert.NotNull(AnswerReader.Models(root));
        Assert.NotNull(AnswerReader.PageIds(root));
        Assert.NotNull(AnswerReader.Upload(root, TestClient.Model, false));
        Assert.NotNull(AnswerReader.File(root, TestClient.Model, "f").Pages);
        Assert.Equal("p", AnswerReader.Page(root, TestClient.Model, "p").Id ?? "p");
        Assert.NotNull(AnswerReader.Webhook(root).ToArray());
        Assert.NotEmpty(Refusal.Explain(new ApiAnswer { StatusCode = 400, Body = bytes }, new RequestSubject("m"), 1).Message);
    }));

    /// <summary>Wraps the lists of pages in members that nobody knows and writes their names in another case.</summary>
    private static void Surround(JsonNode body)
    {
        foreach (JsonObject page in Pages(body).ToArray())
        {
            JsonNode holder = page.Parent is JsonArray list ? list : page;
            var owner = (JsonObject)holder.Parent!;
            string member = owner.First(entry => entry.Value == holder).Key;
            if (!member.Any(char.IsLower))
                continue;

            owner.Remove(member);
            owner["x_before"] = new JsonArray(1, new JsonObject { ["page"] = "no" });
            owner[member.ToUpperInvariant()] = holder;
            owner["x_after"] = new JsonObject { ["deep"] = new JsonArray(new JsonArray(), new JsonObject()) };
        }
    }

    /// <summary>Writes the names of all members in capitals and all whole numbers as text.</summary>
    private static void Respell(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
                Respell(item);
        }
        else if (node is JsonObject owner)
        {
            foreach ((string name, JsonNode? value) in owner.ToArray())
            {
                owner.Remove(name);
                owner[name.ToUpperInvariant()] = value is JsonValue number && number.TryGetValue(out long _)
                    ? number.ToJsonString()
                    : value;
                Respell(value);
            }
        }
    }

    private static void AssertKept(JsonObject[] expected, string name, JsonNode body)
    {
        PageResult[] read = Read(name, body.ToJsonString());

        // A bare object is known as a page by its members alone: without any of them it is none.
        if (expected is [var only] && only == body && !only.Any(static member => s_pageMembers.Contains(member.Key)))
            expected = [];
        Assert.Equal(expected.Length, read.Length);
        List<JsonNode> raw = [.. read.Select(page => JsonNode.Parse(page.Raw)!)];
        foreach (JsonObject page in expected)
        {
            JsonNode? same = raw.Find(other => JsonNode.DeepEquals(other, page));
            Assert.True(same is not null, $"No page result holds {page.ToJsonString()}");
            raw.Remove(same);
        }

        // What is made on demand must not throw either.
        foreach (PageResult page in read)
        {
            _ = page.Fields.Count;
            Assert.NotNull(page.ToString());
        }
    }

    private static PageResult[] Read(string name, string body)
    {
        JsonElement root = JsonDocument.Parse(body).RootElement;
        return name switch
        {
            _ when name.StartsWith("label", StringComparison.Ordinal) =>
                AnswerReader.Upload(root, TestClient.Model, name.Contains("async")),
            _ when name.StartsWith("imagelevel-list", StringComparison.Ordinal) => List(body),
            _ when name.StartsWith("imagelevel-page", StringComparison.Ordinal) =>
                root.Member("result").Items().Any() ? [AnswerReader.Page(root, TestClient.Model, "p")] : [],
            _ when name.StartsWith("getpredictions", StringComparison.Ordinal) => AnswerReader.File(root, TestClient.Model, "f").Pages,
            _ => [.. AnswerReader.Webhook(root)],
        };
    }

    private static PageResult[] List(string body)
    {
        var pages = new List<PageResult>();
        var texts = new TextCache();
        var reader = new ListingBody<PageResult>(page => PageReader.Read(page.Span, TestClient.Model, texts), found =>
        {
            pages.AddRange(found);
            return Task.CompletedTask;
        });
        using var watchdog = new Watchdog(Clock.System, TimeSpan.FromHours(1), TimeSpan.FromHours(1), CancellationToken.None);
        reader.ReadAsync(new PieceStream([Encoding.UTF8.GetBytes(body)], 1000), watchdog).GetAwaiter().GetResult();
        return [.. pages];
    }

    /// <summary>The page objects of a body as it was before anything changed.</summary>
    private static IEnumerable<JsonObject> Pages(JsonNode? node) => node switch
    {
        JsonObject page when page.ContainsKey("page") && page.ContainsKey("request_file_id") => [page],
        JsonObject owner => owner.SelectMany(member => Pages(member.Value)),
        JsonArray list => list.SelectMany(Pages),
        _ => [],
    };
}
