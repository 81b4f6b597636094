using System.Text.Json;

namespace Nanonets.Emulator.Http;

/// <summary>All errors of the API, with their bodies as documented (the reference's section 13).</summary>
internal sealed record ApiError(int Status, string Message, string Reason, string Advice)
{
    public static ApiError FileMissing { get; } = new(400, "Bad Request", "File missing", "Check if you have included a file in the request");

    public static ApiError IncorrectImage { get; } = new(400, "Bad Request", "Incorrect image", "Check if file you included is a valid PNG or JPEG");

    public static ApiError Unauthorized { get; } = new(401, "Unauthorized", "Unauthorized", "Please use a valid API key");

    public static ApiError QuotaExhausted { get; } = new(
        402, "Payment Required", "Exhausted Free API Calls",
        "You have exhausted your free API calls please change your plan <a href=\"https://app.nanonets.com/user/apps\">here</a>");

    public static ApiError ModelNotFound { get; } = new(404, "Not Found", "Model does not exists", "Check if the model id exists");

    public static ApiError FileNotFound { get; } = new(404, "Not Found", "File does not exist", "Check if the file id exists");

    public static ApiError RouteNotFound { get; } = new(404, "Not Found", "Not Found", "Check the address");

    public static ApiError RateLimited { get; } = new(429, "Too Many Requests", "Too Many Requests", "You have exceeded the number of pages per minute, please try again later");

    public static ApiError TooLarge { get; } = new(413, "Request Entity Too Large", "Request Entity Too Large", "Check the size of the file");

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
