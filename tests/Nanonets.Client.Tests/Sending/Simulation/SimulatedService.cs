using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using System.Web;
using Nanonets.Journaling;

namespace Nanonets.Client.Tests.Sending.Simulation;

/// <summary>What goes wrong with an upload.</summary>
internal enum Mishap
{
    None,
    CutBefore,
    CutInTheMiddle,
    LostAfter,
    LostBefore,
    Error503After,
    Error503Before,
    TruncatedAnswer,
    EmptyResult,
    ForeignPage,
    Refused,
    TooManyPages,
    TimesOutThenStored,
    TimesOut,
    TlsAlert,
}

/// <summary>How the listing behaves.</summary>
internal sealed class ListingHabits
{
    public TimeSpan Lag { get; set; }

    public bool HidesQueued { get; set; }

    public bool DropsMetadata { get; set; }

    public int? TruncatesMetadata { get; set; }

    public int? Cap { get; set; }

    public double Fails { get; set; }

    public double IsCut { get; set; }
}

/// <summary>A file that was stored, and so charged.</summary>
internal sealed record SimulatedFile(
    string Id, string PageId, string Hash, string Name, string Metadata, DateTimeOffset At, TimeSpan ReadingTime)
{
    public string Model { get; init; } = "m";

    /// <summary>What its signed address opens.</summary>
    public string Content { get; init; } = string.Empty;
}

/// <summary>The service, in memory and in simulated time.</summary>
internal sealed partial class SimulatedService(SimulatedTime time, Random random)
{
    private const string Originals = "/originals/";

    private readonly List<SimulatedFile> _files = [];

    public IReadOnlyList<SimulatedFile> Files => _files;

    public Func<string, Mishap> Mishaps { get; set; } = _ => Mishap.None;

    public ListingHabits Listing { get; } = new();

    public int Uploads { get; private set; }

    public int Listings { get; private set; }

    public int Checks { get; private set; }

    public bool IsDown { get; set; }

    /// <summary>Requests of a method that find nobody there.</summary>
    public Func<string, bool> IsDownFor { get; set; } = _ => false;

    /// <summary>The files of a request that are kept; the others are lost without a word.</summary>
    public Func<string[], string[]> KeepsOnly { get; set; } = names => names;

    /// <summary>A file that is stored once more than it was sent.</summary>
    public string? StoresTwice { get; set; }

    public string? RetryAfter { get; set; }

    /// <summary>A Retry-After header on answers that accept an upload.</summary>
    public string? RetryAfterOnSuccess { get; set; }

    /// <summary>How much the service's Date header is ahead.</summary>
    public TimeSpan DateIsAhead { get; set; }

    /// <summary>What a request of a method throws at the client's transport, for failures nobody thought of; null for nothing.</summary>
    public Func<string, Exception?> Throws { get; set; } = _ => null;

    /// <summary>Models of the account; every other one is answered 404.</summary>
    public HashSet<string> Models { get; } = ["m", "n", "o"];

    /// <summary>Pages of a file.</summary>
    public Func<string, int> Pages { get; set; } = _ => 1;

    /// <summary>How many pages a minute are taken; null for any number.</summary>
    public SimulatedLimit? Limit { get; set; }

    public string TooManyPagesBody { get; set; } =
        """{"message":"Too Many Requests","code":429,"errors":[{"reason":"Rate limit","message":"Slow down"}]}""";

    /// <summary>Uploads that arrived at each moment, for questions of pace.</summary>
    public List<(TimeSpan At, string Name, Mishap Mishap)> Log { get; } = [];

    /// <summary>The model of each of them.</summary>
    public List<string> LogModels { get; } = [];

    /// <summary>Originals that were fetched.</summary>
    public int Fetched { get; private set; }

    /// <summary>Another program stores a file of its own.</summary>
    public SimulatedFile Rival(string name, string content, string metadata, string model = "m") => Keep((name, content), metadata, model);

    public int TimesStored(string hash) => _files.Count(file => file.Hash == hash);

    public HttpMessageHandler Handler(ProcessClock process) => new Wire(this, process);

    private async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request, ProcessClock process, CancellationToken cancellationToken)
    {
        await process.AliveAsync();
        await time.Delay(TimeSpan.FromMilliseconds(random.Next(20, 900)), cancellationToken);
        await process.AliveAsync();
        if (Throws(request.Method.Method) is { } thrown)
            throw thrown;
        HttpResponseMessage response = request.Method == HttpMethod.Post
            ? await StoreAsync(request, process, cancellationToken)
            : await ReadAsync(request, cancellationToken);
        await process.AliveAsync();
        response.Headers.Date = time.Now + DateIsAhead;
        return response;
    }

    private async Task<HttpResponseMessage> StoreAsync(
        HttpRequestMessage request, ProcessClock process, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        string model = ModelOf(request.RequestUri!);
        Uploads++;
        if (IsDown)
            throw new HttpRequestException("unreachable");

        string name = request.Content is { } ? "?" : string.Empty;
        Mishap early = Mishaps("early");
        if (early == Mishap.CutBefore)
            throw new HttpRequestException("cut");
        if (early == Mishap.TlsAlert)
            throw new HttpRequestException(
                "The SSL connection could not be established.", new AuthenticationException("Received an unexpected TLS alert"));
        if (early == Mishap.CutInTheMiddle)
        {
            await request.Content!.CopyToAsync(new BreakingStream(60), cancellationToken);
            throw new InvalidOperationException("The stream did not break.");
        }

        await request.Content!.CopyToAsync(body, cancellationToken);
        await process.AliveAsync();
        string text = Encoding.UTF8.GetString(body.ToArray());
        string metadata = MetadataPart().Match(text) is { Success: true } match ? match.Groups["value"].Value : string.Empty;
        (string Name, string Content)[] parts =
            [.. FilePart().Matches(text).Select(part => (part.Groups["name"].Value, part.Groups["content"].Value))];
        Assert.NotEmpty(parts);
        name = parts[0].Name;
        Mishap mishap = Mishaps(name);
        if (!Models.Contains(model))
            return Json(HttpStatusCode.NotFound, Example("Not Found", 404, "Model does not exists", "Check if the model id exists"));
        if (mishap == Mishap.None && Limit?.Takes(model, parts.Sum(part => Pages(part.Name)), time.Elapsed) == false)
            mishap = Mishap.TooManyPages;
        Log.Add((time.Elapsed, name, mishap));
        LogModels.Add(model);
        switch (mishap)
        {
            case Mishap.LostBefore:
                throw new HttpRequestException("reset");
            case Mishap.Error503Before:
                return Json(HttpStatusCode.ServiceUnavailable, """{"message":"Service Unavailable","code":503,"errors":[]}""");
            case Mishap.ForeignPage:
                return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("<html>Forbidden</html>") };
            case Mishap.Refused:
                return Json(HttpStatusCode.BadRequest, Example("Bad Request", 400, "Incorrect image", "Check the file"));
            case Mishap.TooManyPages:
                HttpResponseMessage refusal = Json((HttpStatusCode)429, TooManyPagesBody);
                if (RetryAfter is { } after)
                    refusal.Headers.TryAddWithoutValidation("Retry-After", after);
                return refusal;
            case Mishap.TimesOut:
                await time.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case Mishap.TimesOutThenStored:
                _ = StoreLaterAsync(parts, metadata, model);
                await time.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
        }

        string[] kept = KeepsOnly([.. parts.Select(part => part.Name)]);
        SimulatedFile[] stored = [.. parts.Where(part => kept.Contains(part.Name)).Select(part => Keep(part, metadata, model))];
        if (name == StoresTwice)
            Keep(parts[0], metadata, model);
        string answer = "{\"message\":\"Success\",\"result\":["
            + string.Join(",", stored.SelectMany(file => Enumerable.Range(0, Pages(file.Name)).Select(page =>
                $$"""
                {"message":"Success","input":"{{file.Name}}","prediction":[],"page":{{page}},"request_file_id":"{{file.Id}}","id":"{{file.PageId}}","request_metadata":{{Quote(file.Metadata)}} }
                """)))
            + "]}";
        return mishap switch
        {
            Mishap.LostAfter => throw new HttpRequestException("reset"),
            Mishap.Error503After => Json(HttpStatusCode.ServiceUnavailable, """{"message":"Service Unavailable","code":503,"errors":[]}"""),
            Mishap.TruncatedAnswer => Json(HttpStatusCode.OK, answer[..(answer.Length / 2)]),
            Mishap.EmptyResult => Json(HttpStatusCode.OK, """{"message":"Success","result":[]}"""),
            _ => Accepted(answer),
        };
    }

    private HttpResponseMessage Accepted(string answer)
    {
        HttpResponseMessage response = Json(HttpStatusCode.OK, answer);
        if (RetryAfterOnSuccess is { } after)
            response.Headers.TryAddWithoutValidation("Retry-After", after);
        return response;
    }

    private async Task StoreLaterAsync((string Name, string Content)[] parts, string metadata, string model)
    {
        await time.Delay(TimeSpan.FromSeconds(random.Next(30, 280)), CancellationToken.None);
        foreach ((string, string) part in parts)
            Keep(part, metadata, model);
    }

    private SimulatedFile Keep((string Name, string Content) part, string metadata, string model)
    {
        var file = new SimulatedFile(
            $"file-{_files.Count + 1}", TimeUuidOf(time.Now, _files.Count),
            DocumentKey.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(part.Content))), part.Name, metadata,
            time.Now, TimeSpan.FromSeconds(random.Next(2, 280)))
        {
            Model = model,
            Content = part.Content,
        };
        _files.Add(file);
        return file;
    }

    private async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown || IsDownFor("GET"))
            throw new HttpRequestException("unreachable");
        if (request.RequestUri!.AbsolutePath.StartsWith(Originals, StringComparison.Ordinal))
        {
            Fetched++;
            return _files.Find(file => request.RequestUri.AbsolutePath.EndsWith("/" + file.Id, StringComparison.Ordinal)) is { } original
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(original.Content)) }
                : new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        string model = ModelOf(request.RequestUri);
        if (!Models.Contains(model))
            return Json(HttpStatusCode.NotFound, Example("Not Found", 404, "Model does not exists", "Check if the model id exists"));
        if (request.RequestUri.AbsolutePath.Contains("/GetPredictions/", StringComparison.Ordinal))
        {
            string id = request.RequestUri.Segments[^1];
            return _files.Find(file => file.Id == id && file.Model == model) is { } one
                ? Json(HttpStatusCode.OK, PagesOf(one))
                : Json(HttpStatusCode.NotFound, Example("Not Found", 404, "File does not exist", "Check the id"));
        }

        if (!request.RequestUri.AbsolutePath.EndsWith("/ImageLevelInferences", StringComparison.Ordinal))
        {
            Checks++;
            return Json(HttpStatusCode.OK, $$"""{"model_id":"{{model}}","model_type":"ocr","state":5,"categories":[]}""");
        }

        Listings++;
        if (random.NextDouble() < Listing.Fails)
            return Json(HttpStatusCode.ServiceUnavailable, string.Empty);

        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        int first = int.Parse(query["start_day_interval"]!, CultureInfo.InvariantCulture);
        int last = int.Parse(query["current_batch_day"]!, CultureInfo.InvariantCulture);
        IEnumerable<SimulatedFile> shown = _files.Where(
            file => file.Model == model && DayOf(file) >= first && DayOf(file) <= last && file.At + Listing.Lag <= time.Now
            && (!Listing.HidesQueued || file.At + file.ReadingTime <= time.Now));
        if (Listing.Cap is { } cap)
            shown = shown.Take(cap);
        string answer = PagesOf([.. shown]);
        await time.Delay(TimeSpan.FromMilliseconds(random.Next(50, 2000)), cancellationToken);
        return Json(HttpStatusCode.OK, random.NextDouble() < Listing.IsCut ? answer[..(answer.Length * 2 / 3)] : answer);
    }

    private string PagesOf(params SimulatedFile[] files) =>
        $$"""
        {"moderated_images_count":0,"unmoderated_images_count":{{files.Length}},"moderated_images":[],"unmoderated_images":[{{string.Join(",", files.Select(Page))}}],"signed_urls":{ {{string.Join(",", files.Select(Signed))}} } }
        """;

    private string Page(SimulatedFile file)
    {
        string metadata = Listing.DropsMetadata ? string.Empty
            : Listing.TruncatesMetadata is { } length && file.Metadata.Length > length ? file.Metadata[..length] : file.Metadata;
        return $$"""
            {"id":"{{file.PageId}}","page":0,"request_file_id":"{{file.Id}}","original_file_name":"{{file.Name}}","request_metadata":{{Quote(metadata)}},"day_since_epoch":{{DayOf(file)}},"file_url":"{{KeyOf(file)}}" }
            """;
    }

    private static string Signed(SimulatedFile file) =>
        Quote(KeyOf(file)) + $$""":{"original":"https://storage.example{{Originals}}{{file.Id}}?or=0&expires=9999999999&s=x"}""";

    private static string KeyOf(SimulatedFile file) => $"uploadedfiles/{file.Model}/RawPredictions/{file.Id}.pdf";

    /// <summary>The model in an address of the API.</summary>
    private static string ModelOf(Uri address) =>
        address.AbsolutePath.Split('/') is var parts && Array.IndexOf(parts, "Model") is >= 0 and int at ? parts[at + 1] : string.Empty;

    private static int DayOf(SimulatedFile file) => (int)(file.At - DateTimeOffset.UnixEpoch).TotalDays;

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Example(string message, int code, string reason, string advice) =>
        $$"""{"message":"{{message}}","code":{{code}},"errors":[{"reason":"{{reason}}","message":"{{advice}}"}]}""";

    private static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static string TimeUuidOf(DateTimeOffset at, int number)
    {
        long ticks = (at - new DateTimeOffset(1582, 10, 15, 0, 0, 0, TimeSpan.Zero)).Ticks + number;
        return new Guid((uint)ticks, (ushort)(ticks >> 32), (ushort)(((ticks >> 48) & 0x0FFF) | 0x1000), 0x9C, 0x4D, 0x02, 0xA4, 0xC6, 0xE8,
            0xF0, 0x13).ToString("D");
    }

    [GeneratedRegex("name=\"request_metadata\"\r\n\r\n(?<value>.*?)\r\n--", RegexOptions.Singleline)]
    private static partial Regex MetadataPart();

    [GeneratedRegex("name=\"file\"; filename=\"(?<name>[^\"]*)\"\r\nContent-Type: [^\r]*\r\n\r\n(?<content>.*?)\r\n--",
        RegexOptions.Singleline)]
    private static partial Regex FilePart();

    private sealed class Wire(SimulatedService service, ProcessClock process) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            service.AnswerAsync(request, process, cancellationToken);
    }

    /// <summary>A connection that breaks after some bytes.</summary>
    private sealed class BreakingStream(int after) : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            if (Length + count > after)
                return Task.FromException(new IOException("broken"));
            return base.WriteAsync(buffer, offset, count, cancellationToken);
        }
    }
}
