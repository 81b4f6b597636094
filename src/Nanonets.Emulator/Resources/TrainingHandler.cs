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
        bool isJson = body is { ValueKind: JsonValueKind.Object };
        string[] addresses = isJson ? Texts(body!.Value, "urls") : [.. call.Form.All("urls")];
        if (addresses.Length == 0)
            return Answer.Error(ApiError.UrlsMissing);

        var sent = new List<UploadSource>();
        foreach (string address in addresses)
            sent.Add(new UploadSource(UrlFetcher.NameOf(address), await fetcher.FetchAsync(address, call.Http.RequestAborted), FromUrl: true));
        JsonElement? data = isJson ? body!.Value.TryGetProperty("data", out JsonElement list) ? list : null : Parse(call.Form.Value("data"));
        return Add(call.Model!, sent, data);
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

    public Answer Annotations(RouteCall call) => Answer.Json(json => ModelWriter.WriteTraining(json, call.Model!, call.Model!.Data, context.Now));

    private Answer Add(StoredModel model, IReadOnlyList<UploadSource> sent, JsonElement? data)
    {
        if (data is { ValueKind: not JsonValueKind.Array })
            return Answer.Error(ApiError.Malformed("data is a list with an entry for each file"));

        var annotations = (data?.EnumerateArray() ?? default).Where(static entry => entry.ValueKind == JsonValueKind.Object).ToLookup(static entry => Text(entry, "filename"), static entry => entry);
        var files = new List<TrainingFile>();
        foreach (UploadSource source in sent)
        {
            ReadDocument? document = source.Part is null ? null : intake.Read(source.Part);
            if (document is null)
                return Answer.Error(ApiError.IncorrectImage);
            TrainingObject[] objects = [.. annotations[source.Name].SelectMany(Objects)];
            if (objects.Any(item => !model.Categories.Contains(item.Name)))
                return Answer.Error(ApiError.WrongCategory);
            ReadPage page = document.Pages[0];
            files.Add(new TrainingFile(context.Ids.Random(), source.Name, source.Part!.Sha256, page.Width, page.Height, objects));
        }

        model.Add(files);
        return Answer.Json(json => ModelWriter.WriteTraining(json, model, files, context.Now));
    }

    private static IEnumerable<TrainingObject> Objects(JsonElement entry)
    {
        if (!entry.TryGetProperty("object", out JsonElement objects) || objects.ValueKind != JsonValueKind.Array)
            yield break;

        foreach (JsonElement item in objects.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object))
        {
            JsonElement box = item.TryGetProperty("bndbox", out JsonElement given) ? given : default;
            yield return new TrainingObject(
                Text(item, "name"), Text(item, "ocr_text"), Number(box, "xmin"), Number(box, "ymin"), Number(box, "xmax"), Number(box, "ymax"));
        }
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

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static int Number(JsonElement box, string name) =>
        box.ValueKind == JsonValueKind.Object && box.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? (int)value.GetDouble() : 0;

    private static string[] Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];
}
