using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Editing;
using Nanonets.Json;

namespace Nanonets.Client.Tests.Editing;

/// <summary>Edits of values: only what differs changes, and everything else goes back as it came.</summary>
public class EditingTests
{
    private static PageResult[] Finished => AnswerReader.File(Example.Json("getpredictions-finished"), TestClient.Model, "f").Pages;

    [Fact]
    public void Everything_goes_back_as_it_came_except_what_was_changed()
    {
        PageResult page = Finished[2];
        JsonElement[] before = [.. JsonDocument.Parse(page.Raw).RootElement.GetProperty("predicted_boxes").EnumerateArray()];
        var edit = new FileEdit([page]);
        string label = before[0].GetProperty("label").GetString()!;
        edit.Set(label, "12.00 & \"more\"");
        JsonElement[] after = Sent(Assert.Single(edit.Changed));

        Assert.Equal(before.Length, after.Length);
        Assert.Equal("12.00 & \"more\"", after[0].GetProperty("ocr_text").GetString());
        Assert.Equal("moderated", after[0].GetProperty("status").GetString());
        foreach (JsonProperty member in before[0].EnumerateObject().Where(member => member.Name is not ("ocr_text" or "status")))
            Assert.Equal(member.Value.GetRawText(), after[0].GetProperty(member.Name).GetRawText());
        for (int i = 1; i < before.Length; i++)
            Assert.Equal(JsonSerializer.Serialize(before[i]), JsonSerializer.Serialize(after[i]));
    }

    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("110.00", "110.00")]
    public void The_same_text_is_no_change(string given, string current)
    {
        var edit = new FileEdit([Page("""{"label":"x","ocr_text":"?"}""".Replace("?", current.Replace("\n", "\\n")))]);
        edit.Set("X", given);
        Assert.Empty(edit.Changed);
        Assert.Empty(edit.Problems);
    }

    [Fact]
    public void A_change_is_shown_with_both_texts()
    {
        var edit = new FileEdit([Page("""{"label":"total_amount","ocr_text":"110.00"}""", """{"label":"note","ocr_text":""}""")]);
        edit.Set("total_amount", "12.00");
        edit.Set("note", "two\nlines");
        edit.Set("currency", "USD");
        Assert.Equal(["total_amount: 110.00 → 12.00", "note: (empty) → two lines", "+ currency: USD"], edit.Changed.Single().Describe());
    }

    [Fact]
    public void A_new_value_has_the_documented_members_and_the_label_id_of_its_like()
    {
        var edit = new FileEdit(
            [Page("""{"label":"other","ocr_text":"1","label_id":"L0"}"""), Page(1, """{"label":"tax","ocr_text":"1","label_id":"L1"}""")]);
        edit.SetEach("tax", [null, "2.00"]);
        PageEdit page = Assert.Single(edit.Changed);
        Assert.True(page.AddsValues);
        JsonElement added = Sent(page)[1];
        string[] documented = [.. Example.Json("request-update-fields").GetProperty("moderated_boxes")[2].EnumerateObject()
            .Select(member => member.Name).Order()];
        Assert.Equal(documented, added.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("2.00", "L1", true),
            (added.GetProperty("ocr_text").GetString(), added.GetProperty("label_id").GetString(),
                added.GetProperty("is_new").GetBoolean()));
    }

    [Fact]
    public void Labels_that_repeat_are_never_guessed()
    {
        PageResult[] pages = [Page("""{"label":"tax","ocr_text":"1.00"}""", """{"label":"tax","ocr_text":"2.00"}"""),
            Page(1, """{"label":"tax","ocr_text":"3.00"}""")];
        var edit = new FileEdit(pages);
        edit.Set("tax", "9.00");
        EditProblem problem = Assert.Single(edit.Problems);
        Assert.Equal(NanonetsErrorId.LabelAmbiguous, problem.Id);
        Assert.Contains("3: '3.00' on page 2", problem.Message);
        Assert.Empty(edit.Changed);

        edit = new FileEdit(pages);
        edit.SetEach("tax", [null, "9.00", "3.00"]);
        Assert.Equal(["tax: 2.00 → 9.00"], edit.Changed.Single().Describe());

        edit = new FileEdit(pages, [1]);
        edit.Set("tax", "9.00");
        Assert.Equal(1, edit.Changed.Single().Page.Page);
    }

    [Theory]
    [InlineData("2.00", 0, 0)]
    [InlineData("9.00", 0, 1)]
    public void A_row_holds_one_of_several_texts(string cell, int changes, int problems)
    {
        var edit = new FileEdit([Page("""{"label":"tax","ocr_text":"1.00"}""", """{"label":"tax","ocr_text":"2.00"}""")]);
        edit.SetFromRows("tax", [cell]);
        Assert.Equal((changes, problems), (edit.Changed.Count(), edit.Problems.Count));
    }

    [Fact]
    public void A_row_never_takes_a_humans_correction_back_but_a_field_may()
    {
        PageResult page = Read("""
            {"page":0,"predicted_boxes":[{"id":"1","label":"total","ocr_text":"110.00"}],"moderated_boxes":[{"id":"1","label":"total","ocr_text":"12.00"}]}
            """);
        var row = new FileEdit([page]);
        row.SetFromRows("total", ["110.00"]);
        Assert.Empty(row.Changed);
        Assert.Equal(["total"], row.Kept);

        var field = new FileEdit([page]);
        field.Set("total", "110.00");
        Assert.Equal(["total: 12.00 → 110.00"], field.Changed.Single().Describe());
    }

    [Theory]
    [InlineData("Amount", null)]
    [InlineData("2", null)]
    [InlineData("Item", NanonetsErrorId.CellNotFound)]
    [InlineData("9", NanonetsErrorId.CellNotFound)]
    public void Cells_are_told_by_row_and_column(string column, NanonetsErrorId? problem)
    {
        var edit = new FileEdit([Page("""{"label":"total","ocr_text":"1"}""", """
            {"label":"table","ocr_text":"table","type":"table","cells":[{"row":1,"col":1,"label":"","text":"Nut"},{"row":1,"col":2,"label":"amount","text":"5"},{"row":2,"col":2,"label":"amount","text":"7"}]}
            """)]);
        edit.SetCell(1, 1, column, "6");
        Assert.Equal(problem, edit.Problems.SingleOrDefault()?.Id);
        if (problem is not null)
            return;

        Assert.Equal(["table row 1, amount: 5 → 6"], edit.Changed.Single().Describe());
        JsonElement[] cells = [.. Sent(edit.Changed.Single())[1].GetProperty("cells").EnumerateArray()];
        Assert.Equal(["Nut", "6", "7"], cells.Select(cell => cell.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(2, "amount", "7", 0, null)]
    [InlineData(2, "amount", "8", 1, null)]
    [InlineData(3, "Column1", "=2", 1, null)]
    [InlineData(3, "Column1", "'=1", 0, null)]
    [InlineData(4, "amount", "8", 0, NanonetsErrorId.CellNotFound)]
    public void A_line_of_a_row_is_counted_and_named_as_rows_have_it(
        int line, string column, string text, int changes, NanonetsErrorId? problem)
    {
        PageResult[] pages =
        [
            Page(
                """
                {"type":"table","cells":[{"row":1,"col":2,"label":"amount","text":"5"},{"row":2,"col":2,"label":"amount","text":"7"},{"row":2,"col":1,"label":"item","text":"Nut"}]}
                """),
            Page(1, """{"type":"table","cells":[{"row":1,"col":1,"label":"","text":"=1"}]}"""),
        ];
        var edit = new FileEdit(pages);
        edit.SetLine(line, [new(column, text)]);
        Assert.Equal((changes, problem), (edit.Changed.Count(), edit.Problems.SingleOrDefault()?.Id));
    }

    [Fact]
    public void A_line_of_which_nothing_is_as_it_stands_is_another_line()
    {
        var edit = new FileEdit(
            [
                Page(
                    """
                    {"type":"table","cells":[{"row":1,"col":1,"label":"item","text":"Nut"},{"row":1,"col":2,"label":"amount","text":"5"}]}
                    """)]);
        edit.SetLine(1, [new("item", "Bolt"), new("amount", "6")]);
        Assert.Equal(NanonetsErrorId.CellNotFound, Assert.Single(edit.Problems).Id);
        Assert.Empty(edit.Changed);
    }

    [Fact]
    public void A_page_without_values_cannot_be_told_to_the_service()
    {
        var edit = new FileEdit([Page()]);
        edit.Set("total", "1");
        Assert.Equal(NanonetsErrorId.PageWithoutValues, Assert.Single(edit.Problems).Id);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Replacing_may_be_repeated_adding_may_not(bool adds, int tries)
    {
        using var test = new TestClient(configure: options => options.MaximumRetryCount = 1);
        var file = new FileEdit([Page("""{"label":"total","ocr_text":"110.00"}""")]);
        file.Set(adds ? "new" : "total", "12.00");
        string? sent = null;
        test.Respond(async request =>
        {
            sent = $"{request.Method} {request.RequestUri!.PathAndQuery} "
                + $"{await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
            throw new HttpRequestException("reset");
        });
        var failure = await Assert.ThrowsAsync<NanonetsException>(
            () => test.Client.UpdatePageAsync("m", file.Changed.Single(), test, TestContext.Current.CancellationToken));
        Assert.Equal(adds ? NanonetsErrorId.RequestAmbiguous : NanonetsErrorId.ConnectionFailed, failure.ErrorId);
        Assert.Equal(tries, test.Traces.Count);
        Assert.StartsWith("""PATCH /api/v2/Inferences/Model/m/ImageLevelInference?use_ui_version=true {"moderated_boxes":[{""", sent);
    }

    private static PageResult Page(params string[] boxes) => Page(0, boxes);

    private static PageResult Page(int page, params string[] boxes) =>
        Read($$"""{"page":{{page}},"predicted_boxes":[{{string.Join(',', boxes)}}]}""");

    private static PageResult Read(string page) => PageReader.Read(JsonDocument.Parse(page).RootElement, "m", default);

    private static JsonElement[] Sent(PageEdit edit)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            edit.Write(writer);
        return [.. JsonDocument.Parse(buffer.ToArray()).RootElement.GetProperty("moderated_boxes").EnumerateArray()];
    }
}
