using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>Reads whole answers: flat and nested upload answers, results by file, results by page, models.</summary>
internal static class AnswerReader
{
    /// <summary>An object that has one of these is a page.</summary>
    private static readonly string[] s_pageMembers = ["request_file_id", "prediction", "predicted_boxes", "moderated_boxes"];

    private static readonly string[] s_modelMembers = ["model_id", "model_type", "state", "categories"];

    /// <summary>The pages of an upload answer in the order they came, nested or flat.</summary>
    public static PageResult[] Upload(JsonElement root, string? modelId, bool queued)
    {
        JsonElement signedUrls = root.Member("signed_urls");
        var pages = new List<PageResult>();
        foreach (JsonElement outer in root.Member("result").Items().Where(IsObject))
        {
            // Nested: the outer element stands for a file and has pages of its own.
            if (outer.Member("result") is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } inner)
            {
                JsonElement own = outer.Member("signed_urls") is { ValueKind: JsonValueKind.Object } map ? map : signedUrls;
                pages.AddRange(inner.Items().Where(IsObject).Select(page => PageReader.Read(page, modelId, own, queued)));
            }
            else if (IsPage(outer) || outer.Member("result").ValueKind == JsonValueKind.Undefined)
            {
                pages.Add(PageReader.Read(outer, modelId, signedUrls, queued));
            }
        }

        return [.. pages];
    }

    /// <summary>
    /// The pages of what the service posts to a webhook: files with pages, a list of pages, one page (documented or seen), the bare page of
    /// a validation callback (recorded), or any of them in a list.
    /// </summary>
    public static IEnumerable<PageResult> Webhook(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return root.EnumerateArray().SelectMany(Webhook);
        if (root.Member("result").ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            return Upload(root, null, queued: false);
        return IsPage(root) ? [PageReader.Read(root, null, root.Member("signed_urls"))] : [];
    }

    /// <summary>
    /// The pictures of a classification answer (documented): each with its classes as predictions, most likely first as they come.
    /// </summary>
    public static PageResult[] Classification(JsonElement root, string modelId) =>
        [.. root.Member("result").Items().Where(IsObject)
            .Select(picture => PageReader.ReadClassified(picture, root.Member("model_id").AsText() ?? modelId))];

    /// <summary>The pages of a file: both arrays of the answer, in page order.</summary>
    public static FileResult File(JsonElement root, string modelId, string requestFileId)
    {
        JsonElement signedUrls = root.Member("signed_urls");
        IEnumerable<JsonElement> stored = root.Member("moderated_images").Items().Concat(root.Member("unmoderated_images").Items())
            .Where(IsObject);
        IEnumerable<PageResult> pages = stored.Select(page => PageReader.Read(page, modelId, signedUrls)).OrderBy(static page => page.Page);
        return new FileResult(modelId, requestFileId, [.. pages]);
    }

    /// <summary>A page; one that is still being processed has only a message, and is pending.</summary>
    public static PageResult Page(JsonElement root, string modelId, string pageId)
    {
        JsonElement page = root.Member("result").Items().FirstOrDefault(IsObject);
        if (page.ValueKind == JsonValueKind.Object)
            return PageReader.Read(page, modelId, root.Member("signed_urls"));

        return new PageResult { Id = pageId, ModelId = modelId, Message = root.Member("message").AsText(), Raw = root.GetRawText() };
    }

    /// <summary>A page from the JSON that its result has kept; null when it holds none.</summary>
    public static PageResult? Kept(string raw, string? modelId)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(raw);
            JsonElement page = document.RootElement;
            if (!IsPage(page))
                return null;

            // A picture that was classified has no file to ask for.
            bool isClassified = page.Member("request_file_id").ValueKind == JsonValueKind.Undefined
                && page.Member("file").ValueKind != JsonValueKind.Undefined;
            return isClassified ? PageReader.ReadClassified(page, modelId) : PageReader.Read(page, modelId, default);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether an answer tells of a model. The first, free question of a run is about one: what tells of none is not the service.
    /// </summary>
    public static bool IsModel(JsonElement root) => s_modelMembers.Any(
        name => root.Member(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Null));

    public static NanonetsModel Model(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new NanonetsModel();

        ModelJson json = root.Deserialize(NanonetsJson.Default.ModelJson) ?? new ModelJson();
        return new NanonetsModel
        {
            ModelId = json.ModelId,
            ModelType = json.ModelType,
            StateCode = json.State,
            State = json.State is { } code && Enum.IsDefined(typeof(ModelState), code) ? (ModelState)code : null,
            Categories =
                [.. (json.Categories ?? []).Select(static category => new ModelCategory { Label = category.Name, Count = category.Count })],
            Status = json.Status,
            Accuracy = json.Accuracy,
            Raw = root.GetRawText(),
        };
    }

    /// <summary>The models of a list: an array, or an object that holds one.</summary>
    public static NanonetsModel[] Models(JsonElement root)
    {
        IEnumerable<JsonElement> elements = root.ValueKind == JsonValueKind.Object
            && root.Member("model_id").ValueKind == JsonValueKind.Undefined
            ? root.EnumerateObject().Select(static member => member.Value)
                .FirstOrDefault(static value => value.ValueKind == JsonValueKind.Array).Items()
            : root.Items();
        return [.. elements.Where(IsObject).Select(Model).Where(static model => !string.IsNullOrEmpty(model.ModelId))];
    }

    /// <summary>The page ids of a file; the name of the list is not known, so the first list that holds texts is it.</summary>
    public static string[] PageIds(JsonElement root) =>
        [.. root.EnumerateObject()
            .Where(static member => member.Value.ValueKind == JsonValueKind.Array)
            .Select(static member =>
                member.Value.EnumerateArray().Select(static item => item.AsText() ?? item.Member("id").AsText()).OfType<string>())
            .FirstOrDefault(static ids => ids.Any()) ?? []];

    private static bool IsPage(JsonElement element) => s_pageMembers.Any(name => element.Member(name).ValueKind != JsonValueKind.Undefined);

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;
}
