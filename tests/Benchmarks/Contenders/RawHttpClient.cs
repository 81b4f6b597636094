using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>
/// The floor: HttpClient with a multipart body from a file stream, the answer read as bytes; no checks, no parsing, no engine.
/// </summary>
internal sealed class RawHttpClient : IDisposable
{
    private readonly HttpClient _http = new();

    public Task<Sample> SendAsync(Uri target, string[] files, int parallel) => Sample.OfAsync(() => Parallel.ForEachAsync(
        files, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (path, cancellationToken) =>
        {
            using var content = new MultipartFormDataContent();
            await using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            content.Add(new StreamContent(stream, 80 * 1024), "file", Path.GetFileName(path));
            using HttpResponseMessage answer = await _http.PostAsync(target, content, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }));

    public void Dispose() => _http.Dispose();
}
