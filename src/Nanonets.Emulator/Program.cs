using System;
using System.Threading.Tasks;

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
        await server.WaitForShutdownAsync();
        return 0;
    }
}
