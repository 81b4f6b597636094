using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;
using Nanonets.Processes;

namespace Nanonets.Benchmarks;

/// <summary>Import-Module in a fresh process of the real pwsh: ours, and a compiled module with one cmdlet that does nothing.</summary>
internal static class ImportModule
{
    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        List<double> ours = [], floor = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            double own = await ImportAsync(Modules.Staged), other = await ImportAsync(Modules.Empty);
            if (round == 0)
                continue;
            ours.Add(own);
            floor.Add(other);
        }

        double over = Sample.Median(ours) - Sample.Median(floor);
        return [new("Import-Module in pwsh over an empty compiled module", "at most 100 ms",
            $"{over:0} ms ({Sample.Median(ours):0} against {Sample.Median(floor):0} ms)", over <= 100,
            over <= 100 ? string.Empty : "nothing of ours runs at import: it is the engine that reads the manifest, the format files and "
                + "the types file, which an empty module does not have, and looks through our types for cmdlets.")];
    }

    /// <summary>Milliseconds of an import. The command is found before, which takes a while in any session.</summary>
    private static async Task<double> ImportAsync(string manifest) => double.Parse(
        await Pwsh.RunAsync(
            $"$null = Get-Module; $watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}' -ErrorAction Stop; "
                + "$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)",
            CancellationToken.None),
        CultureInfo.InvariantCulture);
}
