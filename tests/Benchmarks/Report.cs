using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
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

    /// <summary>Writes the page anew, up to its first section: what follows was measured and written by hand.</summary>
    public static async Task WriteAsync(string path, IReadOnlyList<Finding> findings, BenchmarkOptions options, string? note)
    {
        string old = File.Exists(path) ? await File.ReadAllTextAsync(path) : string.Empty;
        int kept = old.IndexOf("\n## ", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, Text(findings, options, note) + (kept < 0 ? string.Empty : old[kept..]));
    }

    private static string Text(IReadOnlyList<Finding> findings, BenchmarkOptions options, string? note)
    {
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Measured figures

            What the module costs, measured beside other clients in one run on loopback against a sink that reads and discards, in a process of its own. Many small
            documents are sent, and the module is imported, in the real pwsh of the README, whose engine is compiled while it runs (that of an installed PowerShell is compiled beforehand), beside a compiled module with one empty cmdlet; the rest runs in the same engine, hosted. Each figure is the median of {options.Rounds} rounds after one to warm up, or {options.WarmUps} and more, for 20 seconds, where many small documents are sent; contenders take turns within a round; process start and file enumeration
            are outside. Waiting is measured once, in real time.
            Real uploads are slower by the network and the service, which is the same for every client.

            Measured on {DateTime.UtcNow:yyyy-MM-dd}: {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}{(options.Scale < 1 ? $", numbers scaled to {options.Scale:0.##}" : string.Empty)}.{(note is null ? string.Empty : " " + note)}
            Repeat it: `dotnet run -c Release --project tests/Benchmarks`.

            | what | goal | measured | |
            | --- | --- | --- | --- |

            """).ReplaceLineEndings("\n"));
        foreach (Finding finding in findings)
            text.Append(CultureInfo.InvariantCulture, $"| {finding.What} | {finding.Goal} | {finding.Measured} | {finding.Verdict} |\n");
        foreach (IGrouping<string, Finding> same in
            findings.Where(static finding => finding.Note.Length > 0).GroupBy(static finding => finding.Note))
            text.Append(CultureInfo.InvariantCulture, $"\n- {string.Join("; ", same.Select(static finding => finding.What))}: {same.Key}");
        return text.ToString().TrimEnd('\n') + '\n';
    }
}
