using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents.Isolation;

namespace Nanonets.Emulator;

/// <summary>Serves the emulator until it is stopped.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (Array.IndexOf(args, "--help") >= 0)
        {
            Console.WriteLine(ProgramOptions.Help);
            return 0;
        }

        if (args is [PdfProcess.Argument])
        {
            PdfLoop.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
            return 0;
        }

        EmulatorOptions options;
        try
        {
            options = ProgramOptions.Read(args, Environment.GetEnvironmentVariable);
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong.Message} See --help.");
            return 2;
        }

        await using EmulatorServer server = await EmulatorServer.StartAsync(options);
        Console.WriteLine(server.ApiUri);
        Console.WriteLine($"api-key={options.ApiKey}");
        Console.WriteLine($"model-id={options.ModelId}");

        // For a person at a terminal. A script reads the lines above, and may let nobody read what follows.
        if (!Console.IsOutputRedirected)
        {
            Console.WriteLine($"Open {server.BaseUri} in a browser to try it. Ctrl+C stops it, and it forgets everything.");
            server.Billing.Announce = static (charge, total) =>
                Console.WriteLine($"Charged {charge.Pages} page(s) for {Printable(charge.FileName)}; {total} in all.");
        }

        await server.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>A name that was sent may hold escape codes of a terminal.</summary>
    private static string Printable(string name) => string.Concat(name.Select(static sign => char.IsControl(sign) ? '\uFFFD' : sign));
}
