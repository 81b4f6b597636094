using System;
using System.Globalization;
using System.Threading.Tasks;

namespace Nanonets.Emulator;

/// <summary>Serves the emulator until it is stopped.</summary>
internal static class Program
{
    private const string Help = """
        The documented Nanonets API on this machine. Serves until stopped with Ctrl+C; the first line it prints is the address of the API.

          --port N                 loopback port; default: a free one            NANONETS_EMULATOR_PORT
          --api-key KEY            the key it takes                              NANONETS_EMULATOR_API_KEY
          --processing-time MS     milliseconds to read a page; default 200      NANONETS_EMULATOR_PROCESSING_TIME
          --free-pages N           402 after so many pages; default: no limit    NANONETS_EMULATOR_FREE_PAGES
          --flat                   queued uploads answer flat, not nested        NANONETS_EMULATOR_FLAT=1
          --help                   shows this

        A flag goes before its environment variable.
        """;

    private static async Task<int> Main(string[] args)
    {
        if (Array.IndexOf(args, "--help") >= 0)
        {
            Console.WriteLine(Help);
            return 0;
        }

        EmulatorOptions options;
        try
        {
            options = Read(args);
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

    private static EmulatorOptions Read(string[] args)
    {
        foreach (string arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal) && arg is not ("--port" or "--api-key" or "--processing-time" or "--free-pages" or "--flat"))
                throw new FormatException($"There is no flag {arg}.");
        }

        var options = new EmulatorOptions { Port = Number("--port", "PORT") ?? 0, FreePages = Number("--free-pages", "FREE_PAGES") };
        if (Text("--api-key", "API_KEY") is { } key)
            options.ApiKey = key;
        if (Number("--processing-time", "PROCESSING_TIME") is { } milliseconds)
            options.ProcessingTimePerPage = TimeSpan.FromMilliseconds(milliseconds);
        if (Array.IndexOf(args, "--flat") >= 0 || Environment.GetEnvironmentVariable("NANONETS_EMULATOR_FLAT") == "1")
            options.QueuedAnswer = QueuedAnswer.Flat;
        return options;

        string? Text(string flag, string variable)
        {
            int at = Array.IndexOf(args, flag);
            if (at < 0)
                return Environment.GetEnvironmentVariable("NANONETS_EMULATOR_" + variable);
            return at + 1 < args.Length ? args[at + 1] : throw new FormatException($"{flag} needs a value.");
        }

        int? Number(string flag, string variable) => Text(flag, variable) switch
        {
            null or "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
            var text => throw new FormatException($"{flag}: '{text}' is no whole number."),
        };
    }
}
