using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// Measures the module beside other clients on loopback. <c>dotnet run -c Release --project tests/Benchmarks</c> takes some minutes and
/// writes docs/performance.md; <c>--quick</c> shows in half a minute that it works, and its figures mean nothing.
/// <c>--only upload,import</c> chooses, <c>--rounds 5</c> repeats, <c>--scale 0.5</c> takes smaller numbers, <c>--output path</c> writes
/// elsewhere, <c>--note text</c> goes into the report.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["--sink"])
            return await Sink.SinkServer.RunAsync();

        // Before the engine is touched: it would write an id file under the user's cache folder.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        bool quick = args.Contains("--quick");
        var options = new BenchmarkOptions
        {
            Rounds = int.Parse(Value("--rounds") ?? (quick ? "2" : "5"), CultureInfo.InvariantCulture),
            Scale = double.Parse(Value("--scale") ?? (quick ? "0.02" : "1"), CultureInfo.InvariantCulture),
        };
        string[]? only = Value("--only")?.Split(',');
        var report = new List<Finding>();
        await using var bench = await Bench.StartAsync(options);
        foreach ((string name, Func<Bench, Task<IEnumerable<Finding>>> run) in Catalogue.All)
        {
            if (only?.Contains(name) == false)
                continue;

            Console.Error.WriteLine($"{name} …");
            Finding[] findings = [.. await run(bench)];
            foreach (Finding finding in findings)
                Console.WriteLine(finding.ToLine());
            report.AddRange(findings);
        }

        if (Value("--output") is { } path || (!quick && only is null && (path = Report.DefaultPath()) is not null))
            await Report.WriteAsync(path, report, options, Value("--note"));
        return 0;

        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
    }
}
