using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>Training of models that read fields: files or addresses with annotations, the start of a training, and what is there.</summary>
internal sealed class TrainingHandler(EmulatorContext context, Intake intake, UploadSources sources, UrlFetcher fetcher)
{
    public async Task<Answer> FilesAsync(RouteCall call)
    {
        if (intake.CheckSize(call.Form) is { } tooLarge)
            return tooLarge;
        IReadOnlyList<UploadSource> sent = await sources.ReadAsync(call.Form, call.Http.RequestAborted);
        return sent.Count == 0 ? Answer.Error(ApiError.FileMissing) : Add(call.Model!, sent, Parse(call.Form.Value("data")));
    }

    /// <summary>The addresses are a JSON list (documented) or form fields (2021 specification).</summary>
    public async Task<Answer> UrlsAsync(RouteCall call)
    {
        JsonElement? body = await call.JsonAsync();
        IReadOnlyList<string> addresses = body?.Texts("urls") ?? call.Form.All("urls");
        if (addresses.Count == 0)
            return Answer.Error(ApiError.UrlsMissing);

        var sent = new List<UploadSource>();
        foreach (string address in addresses)
            sent.Add(
                new UploadSource(UrlFetcher.NameOf(address), await fetcher.FetchAsync(address, call.Http.RequestAborted), FromUrl: true));
        return Add(call.Model!, sent, body is { } json ? json.Member("data") : Parse(call.Form.Value("data")));
    }

    public Answer Train(RouteCall call) => Train(call.Model!);

    public Answer Train(StoredModel model)
    {
        if (model.StateAt(context.Now) == ModelState.NoData)
            return Answer.Error(ApiError.NothingToTrain);
        if (!context.Options.PaidAccount)
            return Answer.Error(ApiError.PaidFeature);
        return model.TryTrain(context.Now, context.Options.TrainingTime)
            ? Answer.Json(json => ModelWriter.Write(json, model, context.Now))
            : Answer.Error(ApiError.ModelNotReady);
    }

    public Answer Annotations(RouteCall call) =>
        Answer.Json(json => ModelWriter.WriteTraining(json, call.Model!, call.Model!.Data, context.Now));

    private Answer Add(StoredModel model, IReadOnlyList<UploadSource> sent, JsonElement? data)
    {
        if (data is { ValueKind: not JsonValueKind.Array })
            return Answer.Error(ApiError.Malformed("data is a list with an entry for each file"));

        if (intake.ReadAll(sent) is not { } read)
            return Answer.Error(ApiError.IncorrectImage);
        JsonElement[] entries = [.. data?.EnumerateArray().Where(static entry => entry.ValueKind == JsonValueKind.Object) ?? []];
        TrainingFile[] files =
            [.. read.Select(source => Example(source, entries.Where(entry => entry.Text("filename") == source.Part.FileName)))];
        if (files.SelectMany(static file => file.Objects).Any(item => !model.Categories.Contains(item.Name)))
            return Answer.Error(ApiError.WrongCategory);

        model.Add(files);
        return Answer.Json(json => ModelWriter.WriteTraining(json, model, files, context.Now));
    }

    private TrainingFile Example(ReadSource source, IEnumerable<JsonElement> entries)
    {
        ReadPage page = source.Document.Pages[0];
        TrainingObject[] objects = [.. entries.SelectMany(static entry => entry.Objects("object")).Select(Annotation)];
        return new TrainingFile(context.Ids.Random(), source.Part.FileName, source.Part.Sha256, page.Width, page.Height, objects);
    }

    private static TrainingObject Annotation(JsonElement item)
    {
        JsonElement box = item.Member("bndbox") ?? default;
        return new TrainingObject(
            item.Text("name") ?? string.Empty, item.Text("ocr_text") ?? string.Empty, box.Number("xmin"), box.Number("ymin"),
            box.Number("xmax"), box.Number("ymax"));
    }

    private static JsonElement? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Anything but a list is refused by the caller.
            return JsonElement.Parse("false");
        }
    }
}
