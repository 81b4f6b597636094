using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>Models: create, details, lists; of both families.</summary>
internal sealed class ModelHandler(EmulatorContext context)
{
    public Answer Details(RouteCall call) => Show(call.Model!);

    /// <summary>GET ImageCategorization/Model/: the id is in the query, as modelId or id.</summary>
    public Answer ClassifierDetails(RouteCall call) =>
        context.Models.Find(call.Query("modelId") ?? call.Query("id") ?? string.Empty) is { } model ? Show(model) : Answer.Error(ApiError.ModelNotFound);

    public Answer List(string? type = null) => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (StoredModel model in context.Models.All.Where(model => type is null || model.Type == type))
            ModelWriter.Write(json, model, context.Now);
        json.WriteEndArray();
    });

    public async Task<Answer> CreateAsync(RouteCall call)
    {
        JsonElement? body = await call.JsonAsync();
        string[] categories = body is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("categories", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];
        string type = body is { ValueKind: JsonValueKind.Object } named && named.TryGetProperty("model_type", out JsonElement kind) && kind.ValueKind == JsonValueKind.String
            ? kind.GetString()!
            : ModelStore.Reading;
        return Create(type, categories);
    }

    public Answer CreateClassifier(RouteCall call) => Create(ModelStore.Classification, call.Form.All("categories"));

    private Answer Create(string type, IReadOnlyList<string> categories)
    {
        string[] different = [.. categories.Where(static category => category.Length > 0).Distinct(StringComparer.Ordinal)];
        return different.Length < 2 ? Answer.Error(ApiError.TooFewCategories) : Show(context.Models.Create(context.Ids.Random(), type, different));
    }

    private Answer Show(StoredModel model) => Answer.Json(json => ModelWriter.Write(json, model, context.Now));
}
