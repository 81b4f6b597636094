using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Tests.Conformance;

/// <summary>
/// An endpoint of the documented API. Each has a call of the client, a route of the emulator with a row in its table, and a cmdlet: a test
/// in each project goes through this list. Left out on purpose: linked databases (they hand out passwords), the raw words of a page and
/// links for a human check (neither is documented), and the v4 API.
/// </summary>
/// <param name="Route">What the emulator calls it. An asynchronous call is the same route as the waiting one.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Below the version; {m} is a model, {f} a file, {p} a page. Queries that choose what is done belong to it.</param>
/// <param name="Marks">How it is known: D the vendor's documentation, R a recorded answer, C client code.</param>
internal sealed record ApiEndpoint(string Route, string Method, string Path, string Marks)
{
    public static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        new("LabelFile", "POST", "OCR/Model/{m}/LabelFile/", "D R"),
        new("LabelFile", "POST", "OCR/Model/{m}/LabelFile/?async=true", "D C"),
        new("LabelUrls", "POST", "OCR/Model/{m}/LabelUrls/", "D C"),
        new("LabelUrls", "POST", "OCR/Model/{m}/LabelUrls/?async=true", "D C"),
        new("GetPredictions", "GET", "Inferences/Model/{m}/InferenceRequestFiles/GetPredictions/{f}", "D R"),
        new("GetPage", "GET", "Inferences/Model/{m}/ImageLevelInferences/{p}", "D C"),
        new("List", "GET", "Inferences/Model/{m}/ImageLevelInferences", "D C"),
        new("GetPageIds", "GET", "Inferences/Model/{m}/InferenceRequestFiles/{f}", "D"),
        new("Verify", "POST", "Inferences/Model/{m}/ImageLevelInferences/Verify/{f}", "D C"),
        new("UnVerify", "POST", "Inferences/Model/{m}/ImageLevelInferences/UnVerify/{f}", "D C"),
        new("Update", "PATCH", "Inferences/Model/{m}/ImageLevelInference", "D C"),
        new("Delete", "DELETE", "Inferences/Model/{m}/InferenceRequestFiles/{f}", "D C"),
        new("RetryExports", "POST", "Inferences/Model/{m}/ImageLevelInferences/retryallexports", "D C"),
        new("RetryPrediction", "POST", "ObjectDetection/Model/{m}/RetryPrediction", "D C"),
        new("AssignFiles", "POST", "team/members/model/{m}/assign/files", "D C"),
        new("CreateModel", "POST", "OCR/Model/", "D C"),
        new("GetModel", "GET", "OCR/Model/{m}", "D C"),
        new("ListReadingModels", "GET", "OCR/Model/", "C"),
        new("ListModels", "GET", "ImageCategorization/Models/", "D"),
        new("UploadFile", "POST", "OCR/Model/{m}/UploadFile/", "D C"),
        new("UploadUrls", "POST", "OCR/Model/{m}/UploadUrls/", "D C"),
        new("Train", "POST", "OCR/Model/{m}/Train/", "D C"),
        new("Annotations", "GET", "ObjectDetection/Model/{m}/Annotations", "C"),
        new("FullText", "POST", "OCR/FullText", "D C"),
        new("CreateClassifier", "POST", "ImageCategorization/Model/", "D"),
        new("GetClassifier", "GET", "ImageCategorization/Model/", "D"),
        new("ClassifierUploadFile", "POST", "ImageCategorization/UploadFile/", "D"),
        new("ClassifierUploadUrls", "POST", "ImageCategorization/UploadUrls/", "D"),
        new("ClassifierTrain", "POST", "ImageCategorization/Train/", "D"),
        new("ClassifierLabelFile", "POST", "ImageCategorization/LabelFile/", "D"),
        new("ClassifierLabelUrls", "POST", "ImageCategorization/LabelUrls/", "D"),
    ];

    /// <summary>One text for each, for data of theories.</summary>
    public static IEnumerable<string> Names => All.Select(static endpoint => endpoint.ToString());

    public static ApiEndpoint Of(string name) => All.Single(endpoint => endpoint.ToString() == name);

    /// <summary>Method and path.</summary>
    public override string ToString() => $"{Method} {Path}";
}
