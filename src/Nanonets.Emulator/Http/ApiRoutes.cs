using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nanonets.Emulator.Resources;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Http;

/// <summary>All routes of the API, in the order of the reference's section 1.</summary>
internal static class ApiRoutes
{
    private const string Reading = "OCR/Model/{model}/";
    private const string Inferences = "Inferences/Model/{model}/";
    private const string Classification = "ImageCategorization/";

    public static IReadOnlyList<ApiRoute> Of(EmulatorContext context, SignedUrls signedUrls, UrlFetcher fetcher)
    {
        var intake = new Intake(context);
        var sources = new UploadSources(fetcher);
        var label = new LabelHandler(context, intake, sources, new UploadAnswer(signedUrls));
        var results = new ResultHandler(context, new PageWriter(context), signedUrls);
        var review = new ReviewHandler(context, intake);
        var models = new ModelHandler(context);
        var training = new TrainingHandler(context, intake, sources, fetcher);
        var classification = new ClassificationHandler(context, intake, sources, training);
        return
        [
            new("LabelFile", "POST", Reading + "LabelFile", label.FilesAsync) { TakesForm = true },
            new("LabelUrls", "POST", Reading + "LabelUrls", label.UrlsAsync) { TakesForm = true },
            new("GetPredictions", "GET", Inferences + "InferenceRequestFiles/GetPredictions/{id}", Now(results.ByFile)),
            new("GetPage", "GET", Inferences + "ImageLevelInferences/{id}", Now(results.ByPage)),
            new("List", "GET", Inferences + "ImageLevelInferences", Now(results.OfDays)),
            new("List", "POST", Inferences + "ImageLevelInferences", Now(results.OfDays)),
            new("GetPageIds", "GET", Inferences + "InferenceRequestFiles/{id}", Now(results.PageIds)),
            new("Verify", "POST", Inferences + "ImageLevelInferences/Verify/{id}", Now(review.Verify)),
            new("UnVerify", "POST", Inferences + "ImageLevelInferences/UnVerify/{id}", Now(review.UnVerify)),
            new("Update", "PATCH", Inferences + "ImageLevelInference", review.UpdateAsync),
            new("Delete", "DELETE", Inferences + "InferenceRequestFiles/{id}", Now(review.Delete)),
            new("RetryExports", "POST", Inferences + "ImageLevelInferences/retryallexports", review.ExportAsync),
            new("RetryPrediction", "POST", "ObjectDetection/Model/{model}/RetryPrediction", review.PredictAsync),
            new("AssignFiles", "POST", "team/members/model/{model}/assign/files", review.AssignAsync),
            new("CreateModel", "POST", "OCR/Model", models.CreateAsync),
            new("GetModel", "GET", "OCR/Model/{model}", Now(models.Details)),
            new("ListReadingModels", "GET", "OCR/Model", Now(_ => models.List(ModelStore.Reading))),
            new("ListModels", "GET", Classification + "Models", Now(_ => models.List())),
            new("UploadFile", "POST", Reading + "UploadFile", training.FilesAsync) { TakesForm = true },
            new("UploadUrls", "POST", Reading + "UploadUrls", training.UrlsAsync) { TakesForm = true },
            new("Train", "POST", Reading + "Train", Now(training.Train)),
            new("Annotations", "GET", "ObjectDetection/Model/{model}/Annotations", Now(training.Annotations)),
            new("FullText", "POST", "OCR/FullText", new FullTextHandler(context, intake, sources).HandleAsync) { TakesForm = true },
            new("CreateClassifier", "POST", Classification + "Model", Now(models.CreateClassifier)) { TakesForm = true },
            new("GetClassifier", "GET", Classification + "Model", Now(models.ClassifierDetails)),
            new("ClassifierUploadFile", "POST", Classification + "UploadFile", classification.UploadFilesAsync) { TakesForm = true },
            new("ClassifierUploadUrls", "POST", Classification + "UploadUrls", classification.UploadUrlsAsync) { TakesForm = true },
            new("ClassifierTrain", "POST", Classification + "Train", Now(classification.Train)) { TakesForm = true },
            new("ClassifierLabelFile", "POST", Classification + "LabelFile", classification.LabelFilesAsync) { TakesForm = true },
            new("ClassifierLabelUrls", "POST", Classification + "LabelUrls", classification.LabelUrlsAsync) { TakesForm = true },
        ];
    }

    private static Func<RouteCall, Task<Answer>> Now(Func<RouteCall, Answer> handle) => call => Task.FromResult(handle(call));
}
