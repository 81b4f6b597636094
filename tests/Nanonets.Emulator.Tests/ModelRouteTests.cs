using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>Models of both families from creation to reading, with every refusal on the way.</summary>
public class ModelRouteTests
{
    [Fact]
    public async Task The_invoice_model_is_there_and_ready()
    {
        await using Caller caller = await Caller.StartAsync();
        JsonElement model = (await caller.GetAsync($"OCR/Model/{caller.Model}")).Json;
        Assert.Equal(("ocr", 5), (model.GetProperty("model_type").GetString(), model.GetProperty("state").GetInt32()));
        Assert.Contains("invoice_number",
            model.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("name").GetString()));
        Assert.Equal([caller.Model], Ids(await caller.GetAsync("OCR/Model/")));
        Assert.Equal([caller.Model], Ids(await caller.GetAsync("ImageCategorization/Models/")));
        Reply unknown = await caller.GetAsync("OCR/Model/nobody");
        Assert.Equal((404, "Model does not exists"), (unknown.Status, unknown.Reason));
    }

    [Theory]
    [InlineData("""{"categories":["one"],"model_type":"ocr"}""")]
    [InlineData("""{"categories":["one","one"]}""")]
    [InlineData("""{"categories":"one,two"}""")]
    [InlineData("{}")]
    [InlineData("categories=a&categories=b")]
    public async Task A_model_needs_two_categories(string body)
    {
        await using Caller caller = await Caller.StartAsync();
        Reply refused = await caller.PostJsonAsync("OCR/Model/", body);
        Assert.Equal((400, "Zero or One category in request"), (refused.Status, refused.Reason));
        Assert.Single(Ids(await caller.GetAsync("OCR/Model/")));
    }

    [Fact]
    public async Task A_reading_model_goes_through_its_states()
    {
        var time = new ManualTime();
        await using Caller caller = await Caller.StartAsync(
            new EmulatorOptions { TimeProvider = time, TrainingTime = TimeSpan.FromMinutes(10), ProcessingTimePerPage = TimeSpan.Zero });
        JsonElement created =
            (await caller.PostJsonAsync("OCR/Model/", """{"categories":["invoice_number","total_amount"],"model_type":"ocr"}""")).Json;
        string id = created.GetProperty("model_id").GetString()!;
        Assert.Equal(0, created.GetProperty("state").GetInt32());
        Assert.Equal((400, "No images to train on"), await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/"));
        Assert.Equal((409, "Model is not ready"),
            await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/LabelFile/", Caller.Form(("a.png", TestDocument.Png("a")))));

        Assert.Equal((400, "File missing"), await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/UploadFile/", Caller.Form()));
        Assert.Equal((400, "Incorrect image"),
            await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/UploadFile/", Caller.Form(("a.png", [1, 2, 3]))));
        Reply bare = await caller.SendAsync(
            HttpMethod.Post, $"OCR/Model/{id}/UploadFile/", Caller.Form(("bare.png", TestDocument.Png("bare"))));
        Assert.Equal(1, bare.Json.GetProperty("Meta").GetProperty("State").GetInt32());
        Assert.Equal((409, "Model is not ready"), await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/"));

        Assert.Equal((400, "Category does not exist"),
            await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/UploadFile/", Annotated("x.png", "no_such_label")));
        JsonElement annotated =
            (await caller.SendAsync(HttpMethod.Post, $"OCR/Model/{id}/UploadFile/", Annotated("x.png", "invoice_number"))).Json;
        Assert.Equal(2, annotated.GetProperty("Meta").GetProperty("State").GetInt32());
        Assert.Equal("N-1", annotated.GetProperty("Data")[0].GetProperty("object")[0].GetProperty("ocr_text").GetString());
        Assert.Equal(20, annotated.GetProperty("Data")[0].GetProperty("object")[0].GetProperty("bndbox").GetProperty("xmax").GetInt32());
        Assert.Equal(1, annotated.GetProperty("Meta").GetProperty("Categories")[0].GetProperty("count").GetInt32());

        caller.Emulator.Options.PaidAccount = false;
        Assert.Equal((402, "Paid feature"), await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/"));
        caller.Emulator.Options.PaidAccount = true;
        Assert.Equal(3, (await caller.SendAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/")).Json.GetProperty("state").GetInt32());
        Assert.Equal((409, "Model is not ready"), await RefusalAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/"));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(4, await StateAsync(id));
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(5, await StateAsync(id));

        // It reads what it was made for and nothing else; trained again it can still be used.
        Assert.Equal(6, (await caller.SendAsync(HttpMethod.Post, $"OCR/Model/{id}/Train/")).Json.GetProperty("state").GetInt32());
        Reply read = await caller.SendAsync(
            HttpMethod.Post, $"OCR/Model/{id}/LabelFile/", Caller.Form(("invoice.pdf", TestDocument.Invoice())));
        Assert.Equal(["invoice_number", "total_amount"],
            read.Pages[0].GetProperty("prediction").EnumerateArray().Where(box => box.GetProperty("type").GetString() == "field")
                .Select(box => box.GetProperty("label").GetString()).Order());
        Assert.Equal(2, (await caller.GetAsync($"ObjectDetection/Model/{id}/Annotations")).Json.GetProperty("Data").GetArrayLength());
        Assert.Equal([caller.Model, id], Ids(await caller.GetAsync("OCR/Model/")));

        async Task<(int, string?)> RefusalAsync(HttpMethod method, string address, HttpContent? content = null)
        {
            Reply reply = await caller.SendAsync(method, address, content);
            return (reply.Status, reply.Reason);
        }

        async Task<int> StateAsync(string model) => (await caller.GetAsync($"OCR/Model/{model}")).Json.GetProperty("state").GetInt32();
    }

    [Fact]
    public async Task Training_addresses_come_as_json_or_form()
    {
        await using Caller caller = await Caller.StartAsync();
        string id = (await caller.PostJsonAsync("OCR/Model/", """{"categories":["a","b"]}""")).Json.GetProperty("model_id").GetString()!;
        string address = caller.Emulator.Serve("page.png", TestDocument.Png("page")).ToString();
        JsonElement json = (await caller.PostJsonAsync(
            $"OCR/Model/{id}/UploadUrls/",
            $$$"""{"urls":["{{{address}}}"],"data":[{"filename":"page.png","object":[{"name":"a","ocr_text":"x","bndbox":{}}]}]}""")).Json;
        Assert.Equal("a", json.GetProperty("Data")[0].GetProperty("object")[0].GetProperty("name").GetString());
        Reply form = await caller.SendAsync(
            HttpMethod.Post, $"OCR/Model/{id}/UploadUrls/", new FormUrlEncodedContent([new("urls", address)]));
        Assert.Equal("page.png", form.Json.GetProperty("Data")[0].GetProperty("filename").GetString());
        Assert.Equal("Urls missing", (await caller.PostJsonAsync($"OCR/Model/{id}/UploadUrls/", "{}")).Reason);
        Assert.Equal("Incorrect image",
            (await caller.PostJsonAsync($"OCR/Model/{id}/UploadUrls/", """{"urls":["http://example.com/x.png"]}""")).Reason);
    }

    [Fact]
    public async Task Image_classification_from_categories_to_shares()
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions { TrainingTime = TimeSpan.Zero });
        Assert
            .Equal(400,
                (await caller.SendAsync(
                    HttpMethod.Post, "ImageCategorization/Model/", new FormUrlEncodedContent([new("categories", "cat")]))).Status);
        JsonElement created = (await caller.SendAsync(
            HttpMethod.Post, "ImageCategorization/Model/", new FormUrlEncodedContent([new("categories", "cat"), new("categories", "dog")])))
                .Json;
        string id = created.GetProperty("model_id").GetString()!;
        Assert.Equal(("classification", 0), (created.GetProperty("model_type").GetString(), created.GetProperty("state").GetInt32()));
        foreach (string query in (string[])["modelId", "id"])
            Assert.Equal(id, (await caller.GetAsync($"ImageCategorization/Model/?{query}={id}")).Json.GetProperty("model_id").GetString());
        Assert.Equal(404, (await caller.GetAsync("ImageCategorization/Model/?modelId=nobody")).Status);
        Assert.Equal([id], Ids(await caller.GetAsync("ImageCategorization/Models")).Except([caller.Model]));

        Assert.Equal(409, (await caller.SendAsync(HttpMethod.Post, "ImageCategorization/LabelFile/", Form(id, "x.png"))).Status);
        Assert.Equal(400, (await caller.SendAsync(HttpMethod.Post, $"ImageCategorization/Train/?modelId={id}")).Status);
        Assert.Equal("Category does not exist",
            (await caller.SendAsync(HttpMethod.Post, "ImageCategorization/UploadFile/", Form(id, "x.png", "cow"))).Reason);
        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Post, "ImageCategorization/UploadFile/", Form(id, "rex.png", "dog"))).Status);
        string address = caller.Emulator.Serve("tom.png", TestDocument.Png("tom")).ToString();
        Assert.Equal(200, (await caller.SendAsync(
            HttpMethod.Post, "ImageCategorization/UploadUrls/",
            new FormUrlEncodedContent([new("modelId", id), new("category", "cat"), new("urls", address)]))).Status);
        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Post, $"ImageCategorization/Train/?modelId={id}")).Status);

        Reply label = await caller.SendAsync(HttpMethod.Post, "ImageCategorization/LabelFile/", Form(id, "rex.png"));
        JsonElement answer = label.Json;
        Assert.Equal(id, answer.GetProperty("model_id").GetString());
        Assert.Equal("rex.png", answer.GetProperty("result")[0].GetProperty("file").GetString());
        Assert.Equal("dog", answer.GetProperty("result")[0].GetProperty("prediction")[0].GetProperty("label").GetString());
        Assert.Equal(1.0, answer.GetProperty("result")[0].GetProperty("prediction").EnumerateArray()
            .Sum(share => share.GetProperty("probability").GetDouble()), 3);
        Reply urls = await caller.SendAsync(
            HttpMethod.Post, "ImageCategorization/LabelUrls/",
            new FormUrlEncodedContent([new("modelId", id), new("urls", address), new("urls", address + "-gone")]));
        Assert.Equal(202, urls.Status);
        Assert.Equal(["Success", "failure"],
            urls.Json.GetProperty("result").EnumerateArray().Select(item => item.GetProperty("message").GetString()));

        // A picture that a model got without an annotation teaches it nothing.
        Assert
            .Equal(200,
                (await caller.SendAsync(HttpMethod.Post, $"OCR/Model/{caller.Model}/UploadFile/",
                    Caller.Form(("stray.png", TestDocument.Png("stray"))))).Status);
        Assert.Equal(
            200, (await caller.SendAsync(HttpMethod.Post, "ImageCategorization/LabelFile/", Form(caller.Model, "stray.png"))).Status);
        Assert.Equal(404, (await caller.SendAsync(HttpMethod.Post, "ImageCategorization/LabelFile/", Form("nobody", "x.png"))).Status);
        Assert.Equal(3, caller.Emulator.Billing.Charges.Count);

        static MultipartFormDataContent Form(string model, string name, string? category = null)
        {
            MultipartFormDataContent form = Caller.Form((name, TestDocument.Png(name)));
            form.Add(new StringContent(model), "modelId");
            if (category is not null)
                form.Add(new StringContent(category), "category");
            return form;
        }
    }

    private static IEnumerable<string?> Ids(Reply reply) =>
        reply.Json.EnumerateArray().Select(model => model.GetProperty("model_id").GetString());

    private static MultipartFormDataContent Annotated(string name, string label)
    {
        MultipartFormDataContent form = Caller.Form((name, TestDocument.Png(name)));
        form.Add(
            new StringContent(
                $$$"""
                [{"filename":"{{{name}}}","object":[{"name":"{{{label}}}","ocr_text":"N-1","bndbox":{"xmin":1,"ymin":2,"xmax":20,"ymax":30}}]}]
                """), "data");
        return form;
    }
}
