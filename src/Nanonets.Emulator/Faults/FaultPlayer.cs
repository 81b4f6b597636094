using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.Resources;

namespace Nanonets.Emulator.Faults;

/// <summary>Plays a rule at each station of a request: while the body arrives, before processing, and with the answer.</summary>
internal sealed class FaultPlayer(EmulatorContext context)
{
    /// <summary>Each write is handed over as a list of small buffers, and Wine takes no more than 1024 of them.</summary>
    private const int Piece = 1024 * 1024;

    /// <summary>Reads a part of the body and then cuts or falls silent.</summary>
    public static async Task DuringUploadAsync(HttpContext http, FaultRule rule)
    {
        if (rule.Kind != FaultKind.CutBefore)
            await ReadAsync(http, rule.AfterBytes ?? http.Request.ContentLength / 2 ?? 0);
        if (rule.Kind == FaultKind.StallUpload)
            await Connection.SilenceAsync(http);
        http.Abort();
    }

    /// <returns>Whether processing goes on; else the answer in its place, null for none.</returns>
    public async Task<(bool GoesOn, Answer? Answer)> BeforeAsync(HttpContext http, FaultRule rule)
    {
        switch (rule.Kind)
        {
            case FaultKind.Status:
                return (false, Scripted(rule, null));
            case FaultKind.Delay:
                await DelayAsync(http, rule);
                return (true, null);
            case FaultKind.Stall:
                await DrainAsync(http);
                await Connection.SilenceAsync(http);
                return (false, null);
            case FaultKind.CutUnprocessed:
                await DrainAsync(http);
                await Connection.CutAsync(http, rule.Graceful);
                return (false, null);
            default:
                return (true, null);
        }
    }

    /// <returns>The answer to send; null when there is none.</returns>
    public async Task<Answer?> AfterAsync(HttpContext http, FaultRule rule, Answer answer)
    {
        switch (rule.Kind)
        {
            case FaultKind.StatusAfter:
                return Scripted(rule, answer);
            case FaultKind.DelayAfter:
                await DelayAsync(http, rule);
                return answer;
            case FaultKind.StallAfter:
                await Connection.SilenceAsync(http);
                return null;
            case FaultKind.CutAfter:
                await Connection.CutAsync(http, rule.Graceful);
                return null;
            case FaultKind.ConnectionClose:
                http.Response.Headers.Connection = "close";
                return answer;
            case FaultKind.CloseIdle:
                Connection.CloseWhenIdle(http);
                return answer;
            default:
                return answer;
        }
    }

    /// <summary>Writes the body of an answer whose head is set, as the rule says.</summary>
    public async Task WriteBodyAsync(HttpContext http, FaultRule? rule, ReadOnlyMemory<byte> body)
    {
        Stream stream = http.Response.Body;
        if (rule is { Kind: FaultKind.Status or FaultKind.StatusAfter, Body: FaultBody.Large })
        {
            http.Response.ContentLength = null;
            await LargeAnswer.WriteAsync(stream, rule.AnswerBytes, http.RequestAborted);
        }
        else if (rule?.Kind == FaultKind.DribbledAnswer)
        {
            int atOnce = (int)Math.Min(rule.AfterBytes ?? 0, body.Length);
            await stream.WriteAsync(body[..atOnce], http.RequestAborted);
            for (int i = atOnce; i < body.Length; i++)
            {
                await stream.WriteAsync(body.Slice(i, 1), http.RequestAborted);
                await stream.FlushAsync(http.RequestAborted);
                await DelayAsync(http, rule);
            }
        }
        else if (rule?.Kind is FaultKind.TruncatedAnswer or FaultKind.StalledAnswer)
        {
            await stream.WriteAsync(body[..(int)Math.Min(rule.AfterBytes ?? body.Length / 2, body.Length)], http.RequestAborted);
            await stream.FlushAsync(http.RequestAborted);
            if (rule.Kind == FaultKind.StalledAnswer)
                await Connection.SilenceAsync(http);
            await Connection.CutAsync(http, rule.Graceful);
        }
        else
        {
            for (int i = 0; i < body.Length; i += Piece)
                await stream.WriteAsync(body.Slice(i, Math.Min(Piece, body.Length - i)), http.RequestAborted);
        }
    }

    private Task DelayAsync(HttpContext http, FaultRule rule) => Task.Delay(rule.Delay, context.Options.TimeProvider, http.RequestAborted);

    private Answer Scripted(FaultRule rule, Answer? real)
    {
        Answer answer = rule.Body switch
        {
            FaultBody.Html => Answer.Gateway(rule.Status),
            FaultBody.Empty => new Answer(rule.Status, default),
            FaultBody.Text => new Answer(rule.Status, Encoding.UTF8.GetBytes(rule.Text), rule.TextType),
            FaultBody.EmptyResult or FaultBody.Large => Answer.Json(EmptyAnswer.Write, rule.Status),
            FaultBody.TruncatedJson when (real ?? Answer.Error(ApiError.Of(rule.Status))).Body is var whole =>
                new Answer(rule.Status, whole[..(whole.Length / 2)]),
            FaultBody.FewerFiles when real is not null => real with { Status = rule.Status },
            _ => Answer.Error(ApiError.Of(rule.Status)),
        };
        string? retryAfter = rule.RetryAfterDate is { } after
            ? (context.Now + after).ToString("R", CultureInfo.InvariantCulture)
            : rule.RetryAfter;
        return answer with { RetryAfter = retryAfter, Location = rule.Location };
    }

    private static Task DrainAsync(HttpContext http) => http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);

    private static async Task ReadAsync(HttpContext http, long count)
    {
        byte[] buffer = new byte[16 * 1024];
        int read = 1;
        while (count > 0 && read > 0)
        {
            read = await http.Request.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), http.RequestAborted);
            count -= read;
        }
    }
}
