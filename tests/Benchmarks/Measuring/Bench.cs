using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Sink;

namespace Nanonets.Benchmarks.Measuring;

/// <summary>
/// What benchmarks share: a sink in a process of its own, documents in a folder of their own, and the module, in a real pwsh and in this
/// process.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-benchmarks-").FullName;

    private Bench(BenchmarkOptions options, SinkProcess sink, PwshSession pwsh) =>
        (Options, Sink, Pwsh, Module) = (options, sink, pwsh, new ModuleRunspace(sink));

    public BenchmarkOptions Options { get; }

    public SinkProcess Sink { get; }

    /// <summary>The module in a real pwsh.</summary>
    public PwshSession Pwsh { get; }

    /// <summary>The module in this process.</summary>
    public ModuleRunspace Module { get; }

    public static async Task<Bench> StartAsync(BenchmarkOptions options)
    {
        SinkProcess sink = await SinkProcess.StartAsync();
        return new Bench(options, sink, await PwshSession.StartAsync(sink));
    }

    /// <summary>Documents of a size, each of its own content, made once.</summary>
    public string[] Documents(int count, long bytes)
    {
        string folder = Path.Combine(_folder, $"{count}x{bytes}");
        var paths = new string[count];
        bool exists = Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        byte[] block = new byte[(int)Math.Min(bytes, 1024 * 1024)];
        for (int i = 0; i < count; i++)
        {
            paths[i] = Path.Combine(folder, $"doc-{i:00000}.pdf");
            if (exists)
                continue;

            using FileStream file = new(paths[i], FileMode.Create, FileAccess.Write, FileShare.None, 1);
            for (long written = 0; written < bytes; written += block.Length)
            {
                RandomNumberGenerator.Fill(block);
                if (written == 0)
                    "%PDF-1.7\n"u8.CopyTo(block);
                file.Write(block, 0, (int)Math.Min(block.Length, bytes - written));
            }
        }

        return paths;
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        Pwsh.Dispose();
        await Sink.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}
