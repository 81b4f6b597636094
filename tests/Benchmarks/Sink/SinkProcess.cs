using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Nanonets.Benchmarks.Sink;

/// <summary>The sink as its users see it.</summary>
internal sealed class SinkProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private SinkProcess(Process process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}/"));

    public Uri Address { get; }

    public Uri Upload => new(Address, "api/v2/OCR/Model/m/LabelFile/?async=true");

    public static async Task<SinkProcess> StartAsync()
    {
        Process process = Child.Start("--sink");
        string port = await process.StandardOutput.ReadLineAsync() ?? throw new IOException("The sink did not start.");
        return new SinkProcess(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    public Task ResetAsync() => _http.GetStringAsync(new Uri(Address, "reset"));

    /// <summary>From now on a document is pending for so long.</summary>
    public Task ReadForAsync(TimeSpan time) => _http.GetStringAsync(new Uri(Address, $"read/{time.TotalMilliseconds:0}"));

    /// <summary>What was asked about documents since then.</summary>
    public async Task<ReadingStats> ReadingAsync()
    {
        using JsonDocument stats = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Address, "reading")));
        return new ReadingStats(
            stats.RootElement.GetProperty("requestsPerDocument").GetDouble(), stats.RootElement.GetProperty("lateSeconds").GetDouble());
    }

    public Task StallAsync() => _http.GetStringAsync(new Uri(Address, "stall"));

    public async Task<long> DocumentsAsync() => await StatAsync("documents");

    /// <summary>When the first upload arrived, in ticks of the machine's stopwatch, which processes share; 0 when none did.</summary>
    public async Task<long> FirstByteAsync() => await StatAsync("firstByte");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<long> StatAsync(string name)
    {
        using JsonDocument stats = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Address, "stats")));
        return stats.RootElement.GetProperty(name).GetInt64();
    }
}

/// <summary>How documents were waited for.</summary>
/// <param name="RequestsPerDocument">Questions and listings for each finished document.</param>
/// <param name="LateSeconds">How long after it was finished a document was asked for, all but the slowest 5 %.</param>
internal sealed record ReadingStats(double RequestsPerDocument, double LateSeconds);

/// <summary>Starts this program again for another part.</summary>
internal static class Child
{
    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Started as "dotnet Benchmarks.dll", the process is dotnet and wants to be told the program again.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}
