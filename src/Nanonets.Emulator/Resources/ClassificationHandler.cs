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
/// Image classification (the reference's 12.2): the model is named in the form or the query. What a picture shows is not looked at: a picture that was trained
/// with has the category it was given, any other gets shares that depend on its content alone.
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

        var files = new List<TrainingFile>();
        foreach (UploadSource source in sent)
        {
            if (source.Part is null || intake.Read(source.Part) is not { } document)
                return Answer.Error(ApiError.IncorrectImage);
            ReadPage page = document.Pages[0];
            files.Add(new TrainingFile(
                context.Ids.Random(), source.Name, source.Part.Sha256, page.Width, page.Height, [new TrainingObject(category, string.Empty, 0, 0, page.Width, page.Height)]));
        }

        model.Add(files);
        return Answer.Json(json => ModelWriter.WriteTraining(json, model, files, context.Now));
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

        var read = new List<(UploadSource Source, ReadDocument? Document)>();
        foreach (UploadSource source in sent)
        {
            ReadDocument? document = source.Part is null ? null : intake.Read(source.Part);
            if (document is null && !source.FromUrl)
                return Answer.Error(ApiError.IncorrectImage);
            read.Add((source, document));
        }

        if (read.TrueForAll(static file => file.Document is null))
            return Answer.Error(ApiError.IncorrectImage);
        Charge[] charges = [.. read.Where(static file => file.Document is not null)
            .Select(static file => new Charge(file.Source.Part!.Sha256, file.Source.Name, string.Empty, file.Document!.Pages.Count, file.Source.Part.Bytes))];
        return intake.Charge(model.Id, charges)
            ?? Answer.Json(json => Write(json, model, read), read.Exists(static file => file.Document is null) ? (int)context.Options.PartialStatus : 200);
    }

    private static void Write(Utf8JsonWriter json, StoredModel model, List<(UploadSource Source, ReadDocument? Document)> files)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteString("model_id", model.Id);
        json.WriteStartArray("result");
        foreach ((UploadSource source, ReadDocument? document) in files)
        {
            int pages = document?.Pages.Count ?? 1;
            for (int page = 0; page < pages; page++)
            {
                json.WriteStartObject();
                json.WriteString("message", document is null ? "failure" : "Success");
                json.WriteString("file", source.Name);
                if (pages > 1)
                    json.WriteNumber("page", page);
                json.WriteStartArray("prediction");
                foreach ((string label, double probability) in document is null ? [] : Predict(model, source.Part!.Sha256, page))
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
        string? taught = model.Data.FirstOrDefault(file => file.Sha256 == sha256)?.Objects[0].Name;
        const double sure = 0.97;
        byte[] content = Convert.FromHexString(sha256);
        double[] weights = [.. model.Categories.Select((category, i) =>
            taught is not null ? (category == taught ? sure : (1 - sure) / (model.Categories.Count - 1)) : 1 + content[(i + page) % content.Length])];
        double sum = weights.Sum();
        return model.Categories.Zip(weights, (label, weight) => (label, Math.Round(weight / sum, 4))).OrderByDescending(static share => share.Item2);
    }
}
