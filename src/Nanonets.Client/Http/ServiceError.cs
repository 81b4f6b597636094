using System.Linq;
using System.Text.Json;
using Nanonets.Json;

namespace Nanonets.Http;

/// <summary>
/// What an error body says, in the forms known: v2, v4, or anything with a message. Gateways answer with HTML, text or nothing.
/// </summary>
internal sealed class ServiceError
{
    /// <summary>Whether the body has the service's own form, so that the refusal is the service's and not a gateway's.</summary>
    public bool IsServices { get; private init; }

    /// <summary>The short cause.</summary>
    public string? Reason { get; private init; }

    /// <summary>The advice.</summary>
    public string? Advice { get; private init; }

    public static ServiceError Read(ApiAnswer answer)
    {
        JsonElement body = answer.Json();
        if (body.ValueKind != JsonValueKind.Object)
            return new ServiceError();

        JsonElement first = body.Member("errors").Items().FirstOrDefault(static item => item.ValueKind == JsonValueKind.Object);
        string? message = Text(body.Member("message"));
        return new ServiceError
        {
            // A lone "message" is what many gateways send as well.
            IsServices = first.ValueKind == JsonValueKind.Object
                || (message is not null && body.Member("code").ValueKind is JsonValueKind.Number or JsonValueKind.String),
            Reason = Text(first.Member("reason")) ?? message,
            Advice = Text(first.Member("message")),
        };
    }

    private static string? Text(JsonElement element) => PlainText.OneLine(element.AsText()) is { Length: > 0 } text ? text : null;
}
