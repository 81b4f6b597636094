using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>Writes docs/performance.md.</summary>
internal static class Report
{
    public static string? DefaultPath()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nanonets.sln")))
                return Path.Combine(folder.FullName, "docs", "performance.md");
        }

        return null;
    }

    public static string Write(IEnumerable<Finding> findings, BenchmarkOptions options, string? note)
    {
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Measured figures

            What the module costs, measured beside other clients in one run on loopback against a sink that reads and discards, in a process of its own. Many small
            documents are sent, and the module is imported, in the real pwsh, whose engine is compiled beforehand, beside a compiled module with one empty cmdlet; the rest runs in the same engine, hosted. Each figure is the median of {options.Rounds} rounds after one to warm up, or {options.WarmUps} and more, for 20 seconds, where many small documents are sent; contenders take turns within a round; process start and file enumeration
            are outside. Waiting is measured once, in real time.
            Real uploads are slower by the network and the service, which is the same for every client.

            Measured on {DateTime.UtcNow:yyyy-MM-dd}: {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}{(options.Scale < 1 ? $", numbers scaled to {options.Scale:0.##}" : string.Empty)}.{(note is null ? string.Empty : " " + note)}
            Repeat it: `dotnet run -c Release --project tests/Benchmarks`.

            | what | goal | measured | |
            | --- | --- | --- | --- |

            """).ReplaceLineEndings("\n"));
        var notes = new List<string>();
        foreach (Finding finding in findings)
        {
            if (finding.Note.Length > 0)
                notes.Add($"- {finding.What}: {finding.Note}");
            text.Append(CultureInfo.InvariantCulture, $"| {finding.What} | {finding.Goal} | {finding.Measured} | {finding.Verdict} |\n");
        }

        if (notes.Count > 0)
            text.Append('\n').AppendJoin('\n', notes).Append('\n');
        return text.ToString();
    }
}
