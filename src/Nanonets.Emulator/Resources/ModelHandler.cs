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
        context.Models.Find(call.Query("modelId") ?? call.Query("id") ?? string.Empty) is { } model
            ? Show(model)
            : Answer.Error(ApiError.ModelNotFound);

    public Answer List(string? type = null) => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (StoredModel model in context.Models.All.Where(model => type is null || model.Type == type))
            ModelWriter.Write(json, model, context.Now);
        json.WriteEndArray();
    });

    public async Task<Answer> CreateAsync(RouteCall call)
    {
        JsonElement body = await call.JsonAsync() ?? default;
        return Create(body.Text("model_type") ?? ModelStore.Reading, body.Texts("categories"));
    }

    public Answer CreateClassifier(RouteCall call) => Create(ModelStore.Classification, call.Form.All("categories"));

    private Answer Create(string type, IReadOnlyList<string> categories)
    {
        string[] different = [.. categories.Where(static category => category.Length > 0).Distinct(StringComparer.Ordinal)];
        return different.Length < 2
            ? Answer.Error(ApiError.TooFewCategories)
            : Show(context.Models.Create(context.Ids.Random(), type, different));
    }

    private Answer Show(StoredModel model) => Answer.Json(json => ModelWriter.Write(json, model, context.Now));
}
