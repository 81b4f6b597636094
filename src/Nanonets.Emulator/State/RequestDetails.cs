using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.State;

/// <summary>A request and its answer as they went, for whoever looks; kept for the newest only. No key is among it.</summary>
internal sealed class RequestDetails(HttpRequest request)
{
    private const int LongestText = 64 * 1024;
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>Headers that say something about a request. Others may hold secrets.</summary>
    private static readonly string[] s_shown =
        ["Host", "User-Agent", "Expect", "Content-Type", "Content-Length", "Transfer-Encoding"];

    /// <summary>The headers, as they were sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
        [.. request.Headers.Where(static header => s_shown.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static header => KeyValuePair.Create(header.Key, header.Value.ToString()))];

    /// <summary>A body that is no form.</summary>
    public string Body { get; private set; } = string.Empty;

    /// <summary>The answer that was made, up to a size, whether it left or not; null when there was none.</summary>
    public byte[]? Answer { get; private set; }

    /// <summary>Its whole size.</summary>
    public int AnswerLength { get; private set; }

    /// <summary>Its content type.</summary>
    public string? AnswerType { get; private set; }

    /// <summary>Its Retry-After header.</summary>
    public string? RetryAfter { get; private set; }

    /// <summary>What this costs in memory.</summary>
    public long Bytes => Body.Length + (Answer?.Length ?? 0) + Headers.Sum(static header => header.Key.Length + header.Value.Length);

    /// <summary>Keeps a small body, which can be read again afterwards.</summary>
    public async Task KeepBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not (> 0 and <= LongestText))
            return;

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        Body = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        body.Position = 0;
        request.Body = body;
    }

    public void Keep(Answer answer)
    {
        Answer = answer.Body[..Math.Min(answer.Body.Length, LongestAnswer)].ToArray();
        AnswerLength = answer.Body.Length;
        AnswerType = answer.ContentType;
        RetryAfter = answer.RetryAfter;
    }

    /// <summary>Form fields without what is too long to be looked at.</summary>
    public static IReadOnlyDictionary<string, string> Shortened(IReadOnlyDictionary<string, string> fields) =>
        fields.ToDictionary(
            static field => field.Key,
            static field => field.Value.Length <= LongestText ? field.Value : field.Value[..LongestText] + "\u2026");
}
