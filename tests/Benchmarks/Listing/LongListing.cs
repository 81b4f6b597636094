using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks.Listing;

/// <summary>
/// <c>Get-NanonetsResult -After</c> over a very long listing: memory, and time beside two floors measured in the same rounds. The parse
/// floor reads the same pages with HttpClient and System.Text.Json into plain classes; the emit floor is a compiled cmdlet that writes as
/// many objects.
/// </summary>
internal static class LongListing
{
    private const double Share = 1.5;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        int count = bench.Options.Of(1_000_000);
        List<Sample> ours = [], parse = [], emit = [];
        List<double> growth = [];
        using var http = new HttpClient();
        bench.Module.Set("pages", count);
        bench.Module.Set("model", ListingSource.ModelOf(count));
        bench.Module.Set("benchmarks", typeof(WritePlainPageCommand).Assembly);
        bench.Module.Run("Import-Module -Assembly $benchmarks");
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            await bench.Sink.ResetAsync();
            Sample own;
            double grown;
            await using (var memory = new MemoryWatch())
            {
                own = await RunAsync(bench.Module, "Get-NanonetsResult -After 2020-01-01 -ModelId $model | Out-Null");
                grown = memory.GrowthInMegabytes;
            }

            Sample parsed = await Sample.OfAsync(() => ParseAsync(http, new Uri(bench.Sink.Address, ListingSource.ArrayOf(count)), count));
            Sample emitted = await RunAsync(bench.Module, "Write-PlainPage -Count $pages | Out-Null");
            if (round == 0)
                continue;
            ours.Add(own);
            parse.Add(parsed);
            emit.Add(emitted);
            growth.Add(grown);
        }

        string what = $"listing of {count:N0} pages of {ListingSource.PageLength:N0} bytes";
        return
        [
            new(what + ": highest memory over idle", "at most 64 MB", $"{growth.Max():0.0} MB", growth.Max() <= 64),
            Compare(
                what + ": time", static sample => sample.Wall,
                "the parse floor is HttpClient with System.Text.Json reading the same pages into plain classes, the emit floor a compiled "
                    + "cmdlet that writes as many objects."),
            Compare(what + ": processor time", static sample => sample.Cpu, string.Empty),
        ];

        Finding Compare(string row, Func<Sample, TimeSpan> time, string note)
        {
            double own = Of(ours), reading = Of(parse), writing = Of(emit), ratio = own / (reading + writing);
            return new(
                row, $"at most {Share} × (parse floor + emit floor)",
                $"{own:0.00} s against {reading:0.00} + {writing:0.00} s ({ratio:0.00} ×)", ratio <= Share, note);

            double Of(List<Sample> samples) => Sample.Median(samples.Select(sample => time(sample).TotalSeconds));
        }
    }

    private static Task<Sample> RunAsync(ModuleRunspace module, string script) => Sample.OfAsync(() => Task.Run(() => module.Run(script)));

    private static async Task ParseAsync(HttpClient http, Uri address, int expected)
    {
        using HttpResponseMessage answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        int count = 0;
        await foreach (PlainPage? page in JsonSerializer.DeserializeAsyncEnumerable(body, PlainJson.Default.PlainPage))
            count += page?.PredictedBoxes?.Count > 0 ? 1 : 0;
        if (count != expected)
            throw new InvalidDataException($"{count} of {expected} pages were read.");
    }
}
