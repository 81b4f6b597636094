using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// Many small documents, eight at once: ours in a real pwsh beside curl --parallel, raw HttpClient and an empty compiled cmdlet, in turn
/// within each round, all warm.
/// </summary>
internal static class Uploads
{
    private const int Parallel = 8;
    private const double MostCpu = 1.6;

    /// <summary>
    /// How long ours has sent before it is measured. The engine and the module are compiled, and compiled better, while they run, and
    /// beside other work: that takes time, not rounds.
    /// </summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(20);

    /// <summary>Why the floor is not reached: what the module does for each document and the floor does not.</summary>
    private const string Reason = "all three share two processors with the sink, so that the rate is the processor time a document takes. "
        + "Beyond raw HttpClient the file is looked up, opened, checked and looked at again at the end; the document "
        + "is claimed, tagged and "
        + "recorded; silence is watched for; the end of the body is sent apart, when the file is proven unchanged; "
        + "the answer is parsed into "
        + "typed pages.";

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench) =>
        [.. await CompareAsync(bench, bench.Options.Of(2000), 100 * 1024, 0.55),
            .. await CompareAsync(bench, bench.Options.Of(5000), 10 * 1024, 0.65)];

    private static async Task<List<Finding>> CompareAsync(Bench bench, int count, int bytes, double share)
    {
        string[] files = bench.Documents(count, bytes);
        using var raw = new RawHttpClient();
        List<Sample> ours = [], floor = [], engine = [];
        List<TimeSpan> curl = [];
        TimeSpan warmUp = default;
        TimeSpan enough = s_warmUp * bench.Options.Scale;
        bool isWarm = false;
        for (int round = 1; ours.Count < bench.Options.Rounds; round++)
        {
            await bench.Sink.ResetAsync();
            Sample own = await bench.Pwsh.SendAsync(files, Parallel);
            long arrived = await bench.Sink.DocumentsAsync();
            if (arrived != count)
                throw new InvalidDataException($"{arrived} of {count} documents arrived.");
            Sample passed = await bench.Pwsh.PassAsync(files);
            Sample other = await raw.SendAsync(bench.Sink.Upload, files, Parallel);

            // A program that is started each time has nothing to warm.
            TimeSpan? third = isWarm && Curl.IsPresent ? await Curl.SendAsync(bench.Sink.Upload, files, Parallel) : null;

            if (!isWarm)
            {
                warmUp += own.Wall;
                isWarm = round >= bench.Options.WarmUps && warmUp >= enough;
                continue;
            }

            ours.Add(own);
            floor.Add(other);
            engine.Add(passed);
            if (third is { } time)
                curl.Add(time);
        }

        string what = $"{count:N0} × {bytes / 1024} KB, {Parallel} at once in pwsh";
        double Rate(IEnumerable<TimeSpan> times) => count / Sample.Median(times.Select(static time => time.TotalSeconds));
        double own1 = Rate(ours.Select(static sample => sample.Wall)), raw1 = Rate(floor.Select(static sample => sample.Wall));
        var findings = new List<Finding>
        {
            new(what + ": documents a second", string.Empty, $"{own1:0} (HttpClient "
                + $"{raw1:0}{(curl.Count > 0 ? $", curl {Rate(curl):0}" : string.Empty)}, an empty compiled cmdlet "
                + $"{Rate(engine.Select(static sample => sample.Wall)):0})"),
            new(what + ": against raw HttpClient", $"at least {share:0.00} ×", $"{own1 / raw1:0.00} ×", own1 / raw1 >= share,
                own1 / raw1 >= share ? string.Empty : Reason),
            curl.Count > 0
                ? new(what + ": against curl --parallel", "ahead", $"{own1 / Rate(curl):0.00} ×", own1 >= Rate(curl))
                : new(what + ": against curl --parallel", "ahead", "not measured", null, "curl is not installed here."),
        };
        double ownCpu = Sample.Median(ours.Select(static sample => sample.Cpu.TotalMilliseconds)) / count;
        double rawCpu = Sample.Median(floor.Select(static sample => sample.Cpu.TotalMilliseconds)) / count;
        bool isCheap = ownCpu <= MostCpu * rawCpu;
        findings.Add(new(
            what + ": processor time a document", $"at most {MostCpu} × raw HttpClient",
            $"{ownCpu:0.00} ms against {rawCpu:0.00} ms ({ownCpu / rawCpu:0.00} ×)", isCheap,
            isCheap ? string.Empty : "what is done besides sending is named above."));
        return findings;
    }
}
