using System.Text.Json;

namespace Nanonets.Emulator.Http;

/// <summary>All errors of the API, with their bodies as documented (the reference's section 13).</summary>
internal sealed record ApiError(int Status, string Message, string Reason, string Advice)
{
    public static ApiError FileMissing { get; } = new(
        400, "Bad Request", "File missing", "Check if you have included a file in the request");

    public static ApiError IncorrectImage { get; } = new(
        400, "Bad Request", "Incorrect image", "Check if file you included is a valid PNG or JPEG");

    public static ApiError UrlsMissing { get; } = new(
        400, "Bad Request", "Urls missing", "Check if you have an included array of image urls");

    public static ApiError TooFewCategories { get; } = new(
        400, "Bad Request", "Zero or One category in request", "Add two or more categories in parameters");

    public static ApiError WrongCategory { get; } = new(
        400, "Bad Request", "Category does not exist", "Check if the category is one of the model's");

    public static ApiError NothingToTrain { get; } = new(
        400, "Bad Request", "No images to train on", "Upload images before you train the model");

    public static ApiError PaidFeature { get; } = new(
        402, "Payment Required", "Paid feature", "This feature is only supported for paid models");

    public static ApiError ModelNotReady { get; } = new(409, "Conflict", "Model is not ready", "Please check the current state of model");

    public static ApiError Unauthorized { get; } = new(401, "Unauthorized", "Unauthorized", "Please use a valid API key");

    public static ApiError QuotaExhausted { get; } = new(
        402, "Payment Required", "Exhausted Free API Calls",
        "You have exhausted your free API calls please change your plan <a href=\"https://app.nanonets.com/user/apps\">here</a>");

    public static ApiError ModelNotFound { get; } = new(404, "Not Found", "Model does not exists", "Check if the model id exists");

    public static ApiError FileNotFound { get; } = new(404, "Not Found", "File does not exist", "Check if the file id exists");

    public static ApiError RouteNotFound { get; } = new(404, "Not Found", "Not Found", "Check the address");

    public static ApiError RateLimited { get; } = new(
        429, "Too Many Requests", "Too Many Requests", "You have exceeded the number of pages per minute, please try again later");

    public static ApiError TooLarge { get; } = new(
        413, "Request Entity Too Large", "Request Entity Too Large", "Check the size of the file");

    /// <summary>A body that cannot be understood; the service's own texts are unknown.</summary>
    public static ApiError Malformed(string advice) => new(400, "Bad Request", "Bad Request", advice);

    /// <summary>An error of a scripted fault.</summary>
    public static ApiError Of(int status)
    {
        string phrase = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
        return new ApiError(status, phrase, phrase, "Please try again later");
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("message", Message);
        json.WriteNumber("code", Status);
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("reason", Reason);
        json.WriteString("message", Advice);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
