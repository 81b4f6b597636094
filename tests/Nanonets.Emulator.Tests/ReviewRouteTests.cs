using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>Approving, correcting, assigning, exporting, reading again, deleting: each leaves its mark on the stored pages.</summary>
public class ReviewRouteTests
{
    [Fact]
    public async Task Approval_moves_all_pages_of_a_file_and_back()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply upload = await caller.UploadAsync("a.png", "b.png");
        string id = upload.FileId;
        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Post, Path(caller, $"ImageLevelInferences/Verify/{id}"))).Status);
        JsonElement approved = await FileAsync(caller, id);
        Assert.Equal(1, approved.GetProperty("moderated_images_count").GetInt32());
        Assert.Equal(0, approved.GetProperty("unmoderated_images").GetArrayLength());
        JsonElement page = approved.GetProperty("moderated_images")[0];
        Assert.True(page.GetProperty("is_moderated").GetBoolean());
        Assert.Equal("approved", page.GetProperty("approval_status").GetString());
        Assert.NotEqual("", page.GetProperty("verified_by").GetString());
        Assert.NotEqual(upload.PageId, page.GetProperty("verified_at").GetString());
        Assert.Equal(page.GetProperty("verified_at").GetString(), page.GetProperty("updated_at").GetString());

        JsonElement listed =
            (await caller.GetAsync(Path(caller, "ImageLevelInferences?start_day_interval=0&current_batch_day=99999"))).Json;
        Assert.Equal(
            (1, 1), (listed.GetProperty("moderated_images_count").GetInt32(), listed.GetProperty("unmoderated_images_count").GetInt32()));

        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Post, Path(caller, $"ImageLevelInferences/UnVerify/{id}/"))).Status);
        JsonElement back = (await FileAsync(caller, id)).GetProperty("unmoderated_images")[0];
        Assert.False(back.GetProperty("is_moderated").GetBoolean());
        Assert.Equal("", back.GetProperty("approval_status").GetString());
    }

    [Fact]
    public async Task Corrections_replace_the_whole_list_of_the_page_that_has_the_boxes()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply upload = await caller.SendAsync(HttpMethod.Post, caller.Upload, Caller.Form(("invoice.pdf", TestDocument.Invoice())));
        JsonElement[] boxes = [.. (await FileAsync(caller, upload.FileId)).GetProperty("unmoderated_images")[0]
            .GetProperty("predicted_boxes").EnumerateArray()];
        Assert.True(boxes.Length > 1);

        string changed = boxes[0].GetRawText().Replace("\"ocr_text\":\"", "\"ocr_text\":\"corrected ", System.StringComparison.Ordinal);
        Reply patched = await PatchAsync(
            caller, $$"""{"moderated_boxes":[{{changed}},{"is_new":true,"id":"n1","label":"note","ocr_text":"new"}]}""");
        Assert.Equal(200, patched.Status);
        JsonElement page = (await FileAsync(caller, upload.FileId)).GetProperty("unmoderated_images")[0];
        Assert.Equal(2, page.GetProperty("moderated_boxes").GetArrayLength());
        Assert.StartsWith("corrected ", page.GetProperty("moderated_boxes")[0].GetProperty("ocr_text").GetString());
        Assert.Equal(boxes.Length, page.GetProperty("predicted_boxes").GetArrayLength());
        Assert.NotEqual(upload.PageId, page.GetProperty("updated_at").GetString());

        // What was new then is known now.
        Assert.Equal(200, (await PatchAsync(caller, """{"moderated_boxes":[{"id":"n1","label":"note","ocr_text":"again"}]}""")).Status);
        Assert.Equal("again", (await FileAsync(caller, upload.FileId)).GetProperty("unmoderated_images")[0]
            .GetProperty("moderated_boxes")[0].GetProperty("ocr_text").GetString());

        Assert.Equal(404, (await PatchAsync(caller, """{"moderated_boxes":[{"id":"unknown"}]}""")).Status);
        Assert.Equal(400, (await PatchAsync(caller, """{"moderated_boxes":[{"id":"n1"},{"id":"of another page"}]}""")).Status);
        Assert.Equal(400, (await PatchAsync(caller, "[]")).Status);
        Assert.Equal(400, (await PatchAsync(caller, "no json")).Status);
    }

    [Fact]
    public async Task Lists_of_files_are_assigned_exported_and_read_again_all_or_none()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, ProcessingTimePerPage = System.TimeSpan.FromSeconds(5) });
        string[] ids =
            [.. (await caller.UploadAsync("a.png", "b.png")).Pages.Select(page => page.GetProperty("request_file_id").GetString()!)];
        time.Advance(System.TimeSpan.FromSeconds(5));
        string both = JsonSerializer.Serialize(ids);

        Assert
            .Equal(404,
                (await caller.PostJsonAsync($"team/members/model/{caller.Model}/assign/files",
                    $$"""{"member":"r@example.com","file_ids":["{{ids[0]}}","nobody"]}""")).Status);
        Assert.Equal("", (await PageAsync(ids[0])).GetProperty("assigned_member").GetString());
        Assert.Equal(
            400, (await caller.PostJsonAsync($"team/members/model/{caller.Model}/assign/files", $$"""{"file_ids":{{both}}}""")).Status);
        Assert
            .Equal(200,
                (await caller.PostJsonAsync(
                    $"team/members/model/{caller.Model}/assign/files", $$"""{"member":"r@example.com","file_ids":{{both}}}""")).Status);
        Assert.Equal(
            200, (await caller.PostJsonAsync(Path(caller, "ImageLevelInferences/retryallexports"), $$"""{"file_ids":{{both}}}""")).Status);
        foreach (string id in ids)
        {
            JsonElement page = await PageAsync(id);
            Assert.Equal("r@example.com", page.GetProperty("assigned_member").GetString());
            Assert.Equal("r@example.com", page.GetProperty("assigned_members")[0].GetString());
            Assert.NotEqual("", page.GetProperty("export_status").GetString());
            Assert.Equal("success", page.GetProperty("status").GetString());
        }

        Assert.Equal(
            400, (await caller.PostJsonAsync($"ObjectDetection/Model/{caller.Model}/RetryPrediction", """{"file_ids":[]}""")).Status);
        Assert
            .Equal(200,
                (await caller.PostJsonAsync(
                    $"ObjectDetection/Model/{caller.Model}/RetryPrediction", $$"""{"file_ids":["{{ids[0]}}"]}""")).Status);
        Assert.Equal(["pending", "success"],
            [(await PageAsync(ids[0])).GetProperty("status").GetString(), (await PageAsync(ids[1])).GetProperty("status").GetString()]);
        time.Advance(System.TimeSpan.FromSeconds(5));
        Assert.Equal("success", (await PageAsync(ids[0])).GetProperty("status").GetString());
        Assert.Equal(2, caller.Emulator.Billing.Charges.Count);

        async Task<JsonElement> PageAsync(string id) => (await FileAsync(caller, id)).GetProperty("unmoderated_images")[0];
    }

    [Fact]
    public async Task Deleted_files_are_gone_everywhere()
    {
        await using Caller caller = await Caller.StartAsync();
        Reply upload = await caller.UploadAsync("a.png");
        string address = upload.Json.GetProperty("signed_urls").EnumerateObject().First().Value.GetProperty("original").GetString()!;
        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Get, address, anonymous: true)).Status);
        Assert.Equal([upload.PageId],
            (await caller.GetAsync(Path(caller, $"InferenceRequestFiles/{upload.FileId}"))).Json.GetProperty("page_ids").EnumerateArray()
            .Select(id => id.GetString()));

        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Delete, Path(caller, $"InferenceRequestFiles/{upload.FileId}"))).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Delete, Path(caller, $"InferenceRequestFiles/{upload.FileId}"))).Status);
        Assert.Equal(404, (await caller.GetAsync(Path(caller, $"InferenceRequestFiles/GetPredictions/{upload.FileId}"))).Status);
        Assert.Equal(404, (await caller.GetAsync(Path(caller, $"InferenceRequestFiles/{upload.FileId}"))).Status);
        Assert.Equal(404, (await caller.GetAsync(Path(caller, $"ImageLevelInferences/{upload.PageId}"))).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Get, address, anonymous: true)).Status);
        Assert.Empty((await caller.GetAsync(Path(caller, "ImageLevelInferences?start_day_interval=0&current_batch_day=99999"))).Stored);
        Assert.Single(caller.Emulator.Billing.Charges);
    }

    [Fact]
    public async Task A_file_belongs_to_its_model()
    {
        await using Caller caller = await Caller.StartAsync();
        string other = (await caller.PostJsonAsync("OCR/Model/", """{"categories":["a","b"],"model_type":"ocr"}"""))
            .Json.GetProperty("model_id").GetString()!;
        Reply upload = await caller.UploadAsync("a.png");
        Assert.Equal(404, (await caller.GetAsync($"Inferences/Model/{other}/InferenceRequestFiles/GetPredictions/{upload.FileId}")).Status);
        Assert.Equal(404, (await caller.GetAsync($"Inferences/Model/{other}/ImageLevelInferences/{upload.PageId}")).Status);
        Assert.Equal(
            404, (await caller.SendAsync(HttpMethod.Post, $"Inferences/Model/{other}/ImageLevelInferences/Verify/{upload.FileId}")).Status);
        Assert.Equal(
            404, (await caller.SendAsync(HttpMethod.Delete, $"Inferences/Model/{other}/InferenceRequestFiles/{upload.FileId}")).Status);
        Assert.Empty(
            (await caller.GetAsync($"Inferences/Model/{other}/ImageLevelInferences?start_day_interval=0&current_batch_day=99999")).Stored);
    }

    private static string Path(Caller caller, string rest) => $"Inferences/Model/{caller.Model}/{rest}";

    private static async Task<JsonElement> FileAsync(Caller caller, string id) =>
        (await caller.GetAsync(Path(caller, $"InferenceRequestFiles/GetPredictions/{id}"))).Json;

    private static Task<Reply> PatchAsync(Caller caller, string json) =>
        caller.SendAsync(HttpMethod.Patch, Path(caller, "ImageLevelInference?use_ui_version=true"),
            new StringContent(json, Encoding.UTF8, "application/json"));
}
