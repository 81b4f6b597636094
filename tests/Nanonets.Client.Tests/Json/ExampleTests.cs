using System.Linq;
using System.Text.Json;
using Nanonets.Client.Tests.Support;
using Nanonets.Json;

namespace Nanonets.Client.Tests.Json;

public class ExampleTests
{
    public static TheoryData<string> UploadAnswers => [.. Example.Names("labelfile-", "labelurls-")];

    public static TheoryData<string> FileAnswers => [.. Example.Names("getpredictions-", "imagelevel-list")];

    public static TheoryData<string> PageAnswers => [.. Example.Names("imagelevel-page-")];

    [Theory]
    [MemberData(nameof(UploadAnswers))]
    public void An_upload_answer_loses_no_page_and_no_member(string name)
    {
        JsonElement body = Example.Json(name);
        JsonElement[] expected = [.. Example.Pages(body)];
        PageResult[] pages = AnswerReader.Upload(body, TestClient.Model, queued: name.Contains("async"));
        Assert.Equal(expected.Length, pages.Length);
        for (int i = 0; i < pages.Length; i++)
        {
            Assert.Equal(expected[i].GetRawText(), pages[i].Raw);
            Assert.Equal(expected[i].GetProperty("request_file_id").GetString(), pages[i].RequestFileId ?? string.Empty);
            Assert.Equal(expected[i].GetProperty("page").GetInt32(), pages[i].Page);
        }
    }

    [Theory]
    [MemberData(nameof(FileAnswers))]
    public void An_answer_by_file_loses_no_page_and_no_member(string name)
    {
        JsonElement body = Example.Json(name);
        FileResult result = AnswerReader.File(body, TestClient.Model, "any");
        Assert.Equal(Example.Pages(body).Select(page => page.GetRawText()).Order(), result.Pages.Select(page => page.Raw).Order());
    }

    [Theory]
    [MemberData(nameof(PageAnswers))]
    public void An_answer_by_page_gives_one_page(string name)
    {
        PageResult page = AnswerReader.Page(Example.Json(name), TestClient.Model, "3542f7bd-033b-11f0-9c4d-02a4c6e8f013");
        PageState expected = name.Contains("pending") ? PageState.Pending : name.Contains("failure")
            ? PageState.Failure
            : PageState.Success;
        Assert.Equal(expected, page.State);
        Assert.Equal(TestClient.Model, page.ModelId);
        Assert.NotNull(page.Id);
    }

    [Fact]
    public void Nested_and_flat_queued_answers_read_alike()
    {
        PageResult[] nested = AnswerReader.Upload(Example.Json("labelfile-async-2files-nested"), TestClient.Model, true);
        PageResult[] flat = AnswerReader.Upload(Example.Json("labelfile-async-2files-flat"), TestClient.Model, true);
        Assert.Equal(flat.Select(Describe), nested.Select(Describe));
        Assert.All(nested, page => Assert.Equal(PageState.Pending, page.State));
        Assert.All(nested, page => Assert.NotNull(page.SignedUrls!.PageImage!.Original));
        static string Describe(PageResult page) =>
            $"{page.Input} {page.Page} {page.Id} {page.RequestFileId} {page.RequestMetadata} {page.ProcessingType} {page.Size}";
    }

    [Fact]
    public void Every_attribute_of_an_upload_answer_has_a_typed_home()
    {
        PageResult page = AnswerReader.Upload(Example.Json("labelfile-async-3page-nested"), TestClient.Model, true)[1];
        Assert.Equal("Success", page.Message);
        Assert.Equal("invoice-0417.pdf", page.Input);
        Assert.Empty(page.Prediction);
        Assert.Equal(1, page.Page);
        Assert.Equal("b3e2926c-b050-4f5b-938f-aac72a145a63", page.RequestFileId);
        Assert.Equal("3542f7bd-033b-11f0-9c4d-02a4c6e8f013", page.Id);
        Assert.Equal("po-5512", page.RequestMetadata);
        Assert.Equal("async", page.ProcessingType);
        Assert.Equal((1654, 2339), (page.Size!.Width, page.Size.Height));
        Assert.Equal(2025, page.UploadedAt!.Value.Year);
        SignedUrlSet image = page.SignedUrls!.PageImage!;
        Assert.Contains("66ac01fa-c674-42f4-8c68-a791baaff021", image.Original!.Value);
        Assert.Equal(1742235728, image.Original.ExpiresAt!.Value.ToUnixTimeSeconds());
        Assert.All([image.OriginalCompressed, image.Thumbnail, image.Rotated90, image.Rotated180, image.Rotated270,
            image.OriginalWithLongExpiry], Assert.NotNull);
        Assert.Equal(7, (page.SignedUrls.OriginalFile!.Original!.ExpiresAt!.Value - page.UploadedAt.Value).TotalDays, 0.1);
    }

    [Fact]
    public void Finished_pages_give_values_fields_and_the_rest_of_the_stored_page()
    {
        PageResult page = AnswerReader.File(Example.Json("getpredictions-finished"), TestClient.Model, "any").Pages[0];
        Assert.Equal(PageState.Success, page.State);
        Assert.Equal("NW-2025-0417", page["INVOICE_NUMBER"]);
        Assert.Equal("Northwind Example\nSupplies Ltd", page.Fields["seller_name"]);
        Assert.Equal(0.1m, page.PayableCost);
        Assert.Equal("owner@example.com", page.UploadedBy);
        Assert.False(page.IsDuplicate);
        Assert.Equal("1120,148 - 1404,186", page.Prediction[0].Box!.ToString());
    }

    [Fact]
    public void Approved_pages_give_the_values_a_human_left()
    {
        JsonElement body = Example.Json("getpredictions-approved");
        JsonElement stored = Example.Pages(body).First(page => page.GetProperty("moderated_boxes").GetArrayLength() > 0);
        PageResult page = AnswerReader.File(body, TestClient.Model, "any")
            .Pages.Single(page => page.Id == stored.GetProperty("id").GetString());
        Assert.Equal(stored.GetProperty("moderated_boxes").EnumerateArray().Select(box => box.GetProperty("ocr_text").GetString()),
            page.Prediction.Select(value => value.Text));
        Assert.True(page.IsModerated);
        Assert.NotNull(page.VerifiedAt);
    }

    [Fact]
    public void Tables_keep_every_cell()
    {
        JsonElement body = Example.Json("labelfile-sync-3page-table");
        int cells = Example.Pages(body).SelectMany(page => page.GetProperty("prediction").EnumerateArray())
            .Where(box => box.TryGetProperty("cells", out _)).Sum(box => box.GetProperty("cells").GetArrayLength());
        PageResult[] pages = AnswerReader.Upload(body, TestClient.Model, false);
        Assert.True(cells > 0);
        Assert.Equal(cells, pages.SelectMany(page => page.Prediction).Where(value => value.Type == PredictionType.Table)
            .Sum(table => table.Cells.Length));
        Assert.All(pages, page => Assert.Equal(PageState.Success, page.State));
    }

    [Theory]
    [InlineData("model-details")]
    [InlineData("model-details-with-status")]
    [InlineData("model-create")]
    [InlineData("model-train")]
    public void Models_read(string name)
    {
        NanonetsModel model = AnswerReader.Model(Example.Json(name));
        Assert.Equal(TestClient.Model, model.ModelId);
        Assert.NotNull(model.State);
        Assert.NotEmpty(model.Categories);
        Assert.All(model.Categories, category => Assert.NotNull(category.Label));
    }
}
