using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>curl --parallel, as people use it in scripts; null figures where it is not installed.</summary>
internal static class Curl
{
    public static bool IsPresent { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(static folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "curl.exe" : "curl")));

    public static async Task<TimeSpan> SendAsync(Uri target, string[] files, int parallel)
    {
        var config = new StringBuilder();
        foreach (string path in files)
            config.Append(CultureInfo.InvariantCulture, $"url = \"{target}\"\nform = \"file=@{path.Replace("\\", "\\\\")}\"\nuser = "
                + $"\"key:\"\noutput = \"{Null}\"\nsilent\nnext\n");
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, config.ToString(0, config.Length - "next\n".Length));
        try
        {
            var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string arg in (
                string[])["--parallel", "--parallel-max", parallel.ToString(CultureInfo.InvariantCulture), "--config", file])
                start.ArgumentList.Add(arg);
            var watch = Stopwatch.StartNew();
            using Process curl = Process.Start(start)!;
            Task<string> output = curl.StandardOutput.ReadToEndAsync();
            string errors = await curl.StandardError.ReadToEndAsync();
            await output;
            await curl.WaitForExitAsync();
            watch.Stop();
            return curl.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"curl ended with {curl.ExitCode}: {errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Null => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
}
