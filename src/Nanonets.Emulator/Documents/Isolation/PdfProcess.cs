using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents.Formats;

namespace Nanonets.Emulator.Documents.Isolation;

/// <summary>
/// Reads PDFs in a process of their own. A hostile file can overflow the stack, which nothing can catch, or read for ever: then that
/// process ends, the file counts as unreadable, and the emulator keeps its state. A process that did well reads the next document; it ends
/// with the emulator, whose end closes its input.
/// </summary>
internal sealed class PdfProcess : IDisposable
{
    /// <summary>Makes the program read documents and nothing else.</summary>
    public const string Argument = "--read-documents";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentBag<PdfProcess> s_idle = [];

    private readonly Process _process;

    private PdfProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' does not start.");

        // A process that ends because of a document says so at length; nobody is to read that.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <returns>The pages, or null if the file is damaged, needs a password, or cannot be read without harm.</returns>
    public static IReadOnlyList<PdfTextPage>? Read(byte[] content)
    {
        PdfProcess process = s_idle.TryTake(out PdfProcess? idle) && !idle._process.HasExited ? idle : new PdfProcess(Program());
        if (!ReferenceEquals(process, idle))
            idle?.Dispose();
        if (process.Ask(content) is { } answer)
        {
            s_idle.Add(process);
            return PdfLoop.Parse(answer);
        }

        process.Dispose();
        return null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <returns>Null when it ended, or was not done in time.</returns>
    private byte[]? Ask(byte[] content)
    {
        Task<byte[]?> answer = Task.Run(() =>
        {
            try
            {
                PdfLoop.WriteMessage(_process.StandardInput.BaseStream, content);
                return PdfLoop.ReadMessage(_process.StandardOutput.BaseStream);
            }
            catch (IOException)
            {
                // It ended while it was written to.
                return null;
            }
        });
        return answer.Wait(s_limit) ? answer.Result : null;
    }

    /// <summary>
    /// The emulator itself, wherever it is hosted: run by the framework that runs this process, or as the program it was published as.
    /// </summary>
    private static ProcessStartInfo Program()
    {
        string extension = OperatingSystem.IsWindows() ? ".exe" : string.Empty;
        string library = typeof(PdfProcess).Assembly.Location;
        string framework = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet" + extension));
        var start = File.Exists(framework) ? new ProcessStartInfo(framework, [library, Argument])
            : new ProcessStartInfo(Path.ChangeExtension(library, null) + extension, [Argument]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;

        // A dump of a process that a document has ended is of no use to anybody.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }
}
