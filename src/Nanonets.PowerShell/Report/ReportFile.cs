using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Nanonets.Saving;

namespace Nanonets.Report;

/// <summary>
/// The file of a report. Its documents are written as they come, to a file without a name; the summary stands above them and is known last,
/// so that the report is put together then, beside its place, and renamed.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    /// <summary>What goes in and out comes in large pieces anyway, and there is a file for each picture.</summary>
    private const int SmallBuffer = 4096;

    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    private readonly string _path;
    private readonly FileStream _documents;
    private readonly StreamWriter _writer;

    /// <param name="path">Its full path; the folder is there.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public ReportFile(string path)
    {
        _path = path;
        _documents = Scratch();
        _writer = new StreamWriter(_documents, s_utf8, BufferSize);
        Documents = new HtmlWriter(_writer);
    }

    /// <summary>Where the documents are written.</summary>
    public HtmlWriter Documents { get; }

    /// <summary>A file beside the report that is gone when it is closed, also when the process ends.</summary>
    public FileStream Scratch() => new(SavedFile.TemporaryPath(Path.GetDirectoryName(_path)!), FileMode.CreateNew, FileAccess.ReadWrite,
        FileShare.None, SmallBuffer, FileOptions.DeleteOnClose);

    /// <summary>Puts the report together and gives it its name.</summary>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    public void Complete(string title, ReportSummary summary, DateTimeOffset now, bool overwrite)
    {
        _writer.Flush();
        _documents.Position = 0;
        using var file = new SavedFile(Path.GetDirectoryName(_path)!, overwrite);
        using (var writer = new StreamWriter(file.Stream, s_utf8, BufferSize, leaveOpen: true))
        {
            var html = new HtmlWriter(writer);
            (string style, string script) = (Resource("report.css"), Resource("report.js"));

            // Text of ours and holes by turns.
            string[] parts = Regex.Split(Resource("report.html"), @"\{\{(\w+)\}\}");
            for (int i = 0; i < parts.Length; i++)
            {
                if (i % 2 == 0)
                    writer.Write(parts[i]);
                else
                    Fill(parts[i]);
            }

            void Fill(string hole)
            {
                switch (hole)
                {
                    case "policy": html.Text(Policy(style, script)); break;
                    case "title": html.Text(title); break;
                    case "style": writer.Write(style); break;
                    case "script": writer.Write(script); break;
                    case "summary": summary.Write(html, now); break;
                    case "labels": summary.WriteLabels(html); break;
                    case "documents":
                        writer.Flush();
                        _documents.CopyTo(file.Stream, BufferSize);
                        break;
                    default: throw new InvalidDataException($"report.html has a hole for '{hole}', which nobody fills.");
                }
            }
        }

        file.Place(_path);
    }

    /// <summary>The writer closes the file. One that left it open would write to it again when it is disposed of twice.</summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>Nothing is fetched from anywhere, and only our own style and script count, known by their hashes.</summary>
    private static string Policy(string style, string script) =>
        $"default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string text)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(s_utf8.GetBytes(text));
        return "sha256-" + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>With line feeds alone, as a browser sees it and the hash counts it.</summary>
    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, s_utf8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
