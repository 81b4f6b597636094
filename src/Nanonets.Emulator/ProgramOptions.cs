using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Nanonets.Emulator.Control;

namespace Nanonets.Emulator;

/// <summary>Reads flags and environment variables of the program.</summary>
internal static class ProgramOptions
{
    public const string Help = """
        The documented Nanonets API on this machine. Serves until stopped with Ctrl+C; the first line it prints is the address of the API.
        The same address without /api/v2 is a page for a browser, where one tries it.

          --port N                 loopback port; default: a free one            NANONETS_EMULATOR_PORT
          --api-key KEY            the key it takes                              NANONETS_EMULATOR_API_KEY
          --processing-time MS     milliseconds to read a page; default 200      NANONETS_EMULATOR_PROCESSING_TIME
          --free-pages N           402 after so many pages; default: no limit    NANONETS_EMULATOR_FREE_PAGES
          --pages-per-minute N     429 above so many; default: no limit          NANONETS_EMULATOR_PAGES_PER_MINUTE
          --flat                   queued uploads answer flat, not nested        NANONETS_EMULATOR_FLAT=1
          --seed N                 ids and draws of faults repeat                NANONETS_EMULATOR_SEED
          --set NAME=VALUE         any other option, as often as needed: names and values as GET /__emulator/options
                                   shows them, such as --set pending_answer=empty or --set listing.lag=30
          --help                   shows this

        A flag goes before its environment variable.
        """;

    private static readonly string[] s_withValue =
        ["--port", "--api-key", "--processing-time", "--free-pages", "--pages-per-minute", "--seed", "--set"];

    /// <exception cref="FormatException">A flag or value is wrong; the message says which.</exception>
    public static EmulatorOptions Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = new List<(string Flag, string Value)>();
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--flat")
                given.Add((args[i], "1"));
            else if (!s_withValue.Contains(args[i]))
                throw new FormatException($"There is no flag {args[i]}.");
            else
                given.Add((args[i], i + 1 < args.Count ? args[++i] : throw new FormatException($"{args[i]} needs a value.")));
        }

        var options = new EmulatorOptions { Port = Number("--port", "PORT") ?? 0, Seed = Number("--seed", "SEED") };
        options.FreePages = Number("--free-pages", "FREE_PAGES");
        options.PagesPerMinute = Number("--pages-per-minute", "PAGES_PER_MINUTE");
        if (Text("--api-key", "API_KEY") is { } key)
            options.ApiKey = key;
        if (Number("--processing-time", "PROCESSING_TIME") is { } milliseconds)
            options.ProcessingTimePerPage = TimeSpan.FromMilliseconds(milliseconds);
        if (Text("--flat", "FLAT") == "1")
            options.QueuedAnswer = QueuedAnswer.Flat;
        foreach ((_, string setting) in given.Where(static pair => pair.Flag == "--set"))
            Set(options, setting);
        return options;

        string? Text(string flag, string variable) =>
            given.LastOrDefault(pair => pair.Flag == flag).Value ?? environment("NANONETS_EMULATOR_" + variable);

        int? Number(string flag, string variable) => Text(flag, variable) switch
        {
            null or "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
            var text => throw new FormatException($"{flag}: '{text}' is no whole number."),
        };
    }

    private static void Set(EmulatorOptions options, string setting)
    {
        string[] sides = setting.Split('=', 2);
        if (sides.Length < 2)
            throw new FormatException($"--set {setting}: write it as NAME=VALUE.");

        string json = sides[0].Split('.').Reverse()
            .Aggregate(Json(sides[1]), static (value, name) => $"{{{JsonSerializer.Serialize(name)}:{value}}}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            ControlOptions.Change(options, document.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"--set {setting}: {wrong.Message}");
        }
    }

    /// <summary>Numbers, true, false and null as they stand; anything else is text.</summary>
    private static string Json(string value) =>
        value is "true" or "false" or "null" || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? value
            : JsonSerializer.Serialize(value);
}
