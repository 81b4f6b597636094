using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// Image classification (the reference's 12.2): the model is named in the form or the query. What a picture shows is not looked at: a
/// picture that was trained with has the category it was given, any other gets shares that depend on its content alone.
/// </summary>
internal sealed class ClassificationHandler(EmulatorContext context, Intake intake, UploadSources sources, TrainingHandler training)
{
    public Task<Answer> UploadFilesAsync(RouteCall call) => UploadAsync(call, ApiError.FileMissing);

    public Task<Answer> UploadUrlsAsync(RouteCall call) => UploadAsync(call, ApiError.UrlsMissing);

    public Task<Answer> LabelFilesAsync(RouteCall call) => LabelAsync(call, ApiError.FileMissing);

    public Task<Answer> LabelUrlsAsync(RouteCall call) => LabelAsync(call, ApiError.UrlsMissing);

    public Answer Train(RouteCall call) => Model(call) is { } model ? training.Train(model) : Answer.Error(ApiError.ModelNotFound);

    private StoredModel? Model(RouteCall call) => context.Models.Find(call.Form.Value("modelId") ?? call.Query("modelId") ?? string.Empty);

    private async Task<Answer> UploadAsync(RouteCall call, ApiError nothing)
    {
        if (Model(call) is not { } model)
            return Answer.Error(ApiError.ModelNotFound);
        if (call.Form.Value("category") is not { } category || !model.Categories.Contains(category))
            return Answer.Error(ApiError.WrongCategory);
        IReadOnlyList<UploadSource> sent = await sources.ReadAsync(call.Form, call.Http.RequestAborted);
        if (sent.Count == 0)
            return Answer.Error(nothing);

        if (intake.ReadAll(sent) is not { } read)
            return Answer.Error(ApiError.IncorrectImage);
        TrainingFile[] files = [.. read.Select(source => Example(source, category))];
        model.Add(files);
        return Answer.Json(json => ModelWriter.WriteTraining(json, model, files, context.Now));
    }

    private TrainingFile Example(ReadSource source, string category)
    {
        ReadPage page = source.Document.Pages[0];
        var whole = new TrainingObject(category, string.Empty, 0, 0, page.Width, page.Height);
        return new TrainingFile(context.Ids.Random(), source.Part.FileName, source.Part.Sha256, page.Width, page.Height, [whole]);
    }

    private async Task<Answer> LabelAsync(RouteCall call, ApiError nothing)
    {
        if (intake.CheckSize(call.Form) is { } tooLarge)
            return tooLarge;
        if (Model(call) is not { } model)
            return Answer.Error(ApiError.ModelNotFound);
        if (!model.IsUsableAt(context.Now))
            return Answer.Error(ApiError.ModelNotReady);
        IReadOnlyList<UploadSource> sent = await sources.ReadAsync(call.Form, call.Http.RequestAborted);
        if (sent.Count == 0)
            return Answer.Error(nothing);

        var outcomes = new List<(string Name, ReadSource? Read)>();
        foreach (UploadSource source in sent)
        {
            ReadDocument? document = source.Part is null ? null : intake.Read(source.Part);
            if (document is null && !source.FromUrl)
                return Answer.Error(ApiError.IncorrectImage);
            outcomes.Add((source.Name, document is null ? null : new ReadSource(source.Part!, document)));
        }

        ReadSource[] read = [.. outcomes.Select(static outcome => outcome.Read).OfType<ReadSource>()];
        if (read.Length == 0)
            return Answer.Error(ApiError.IncorrectImage);
        int status = read.Length < outcomes.Count ? (int)context.Options.PartialStatus : 200;
        return intake.Charge(call, model.Id, read) ?? Answer.Json(json => Write(json, model, outcomes), status);
    }

    private static void Write(Utf8JsonWriter json, StoredModel model, List<(string Name, ReadSource? Read)> outcomes)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteString("model_id", model.Id);
        json.WriteStartArray("result");
        foreach ((string name, ReadSource? read) in outcomes)
        {
            int pages = read?.Document.Pages.Count ?? 1;
            for (int page = 0; page < pages; page++)
            {
                json.WriteStartObject();
                json.WriteString("message", read is null ? "failure" : "Success");
                json.WriteString("file", name);
                if (pages > 1)
                    json.WriteNumber("page", page);
                json.WriteStartArray("prediction");
                foreach ((string label, double probability) in read is null ? [] : Predict(model, read.Part.Sha256, page))
                {
                    json.WriteStartObject();
                    json.WriteString("label", label);
                    json.WriteNumber("probability", probability);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<(string Label, double Probability)> Predict(StoredModel model, string sha256, int page)
    {
        string? taught = model.Data.FirstOrDefault(file => file.Sha256 == sha256 && file.Objects.Count > 0)?.Objects[0].Name;
        const double sure = 0.97;
        byte[] content = Convert.FromHexString(sha256);
        double[] weights = [.. model.Categories.Select((category, i) =>
            taught is not null ? (category == taught ? sure : (1 - sure) / (model.Categories.Count - 1))
                : 1 + content[(i + page) % content.Length])];
        double sum = weights.Sum();
        return model.Categories.Zip(weights, (label, weight) => (label, Math.Round(weight / sum, 4)))
            .OrderByDescending(static share => share.Item2);
    }
}
