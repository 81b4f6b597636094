using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;
using Nanonets.Journal;
using Nanonets.Journal.PostgreSql;

namespace Nanonets.Faults.Tests.Support;

/// <summary>The whole sender with its journal as a process of its own, which can be killed, stopped and gone on with.</summary>
internal sealed class SenderProcess : IDisposable
{
    public const string Verb = "sender";

    private readonly Process _process;

    private SenderProcess(Process process) => _process = process;

    /// <summary>Sends every document of a folder.</summary>
    /// <param name="order">What to do.</param>
    /// <param name="apiKey">Given by the environment, as a scheduled task would.</param>
    /// <param name="environment">Further variables.</param>
    public static SenderProcess Start(SenderOrder order, string apiKey, params (string Name, string Value)[] environment)
    {
        string program = Path.Combine(
            AppContext.BaseDirectory, "Nanonets.Faults.Tests" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in order.ToArguments())
            start.ArgumentList.Add(argument);
        start.Environment["NANONETS_API_KEY"] = apiKey;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new SenderProcess(Process.Start(start)!);
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it has said.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Waits until so many documents were about to be sent, or until it has ended.</summary>
    public async Task UntilSentAsync(int documents)
    {
        for (int begun = 0; begun < documents && await ReadLineAsync() is { } line;)
            begun += line.StartsWith("began ", StringComparison.Ordinal) ? 1 : 0;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a signal: STOP or CONT.</summary>
    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", $"-{signal} {_process.Id}");
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the end and gives how documents ended.</summary>
    public async Task<Dictionary<string, int>> EndAsync()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await ReadLineAsync() is not null)
        {
            // Kept in Lines.
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, await errors);
        return Lines[^1]["done ".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('='))
            .ToDictionary(static part => part[0], static part => int.Parse(part[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _process.Dispose();

    private async Task<string?> ReadLineAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is not null)
            Lines.Add(line);
        return line;
    }

    /// <summary>Runs in the child process.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        SenderOrder order = SenderOrder.Parse(args);
        string key = Environment.GetEnvironmentVariable("NANONETS_API_KEY")!;
        var options = new NanonetsClientOptions(key) { BaseUri = order.Api, Timeout = order.Timeout, IdleTimeout = order.Timeout };
        var client = new NanonetsClient(options, Transport.Create(options), order.Time.ForClient(order.ClockWrongBy));
        IUploadJournal journal = order.OpenJournal();
        IJournalRun run = await journal.StartRunAsync(CancellationToken.None);
        using var night = new Night(client, journal, run, new SendingOptions { PagesPerMinute = order.PagesPerMinute }, order.Throttle);
        night.OnBegan = static document => Console.WriteLine("began " + document.Source.FileName);
        await night.RunAsync(Directory.EnumerateFiles(order.Folder).Order(StringComparer.Ordinal)
            .Select(path => new SendRequest(order.Model, [new Document(UploadSource.FromPath(path), 0)])));
        Console.WriteLine("stopped by " + (night.Run.StopReason?.Message.ReplaceLineEndings(" ") ?? "nothing"));
        foreach (string word in night.Words)
            Console.WriteLine("said " + word.ReplaceLineEndings(" "));
        Console.WriteLine("peak " + Process.GetCurrentProcess().PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine("done "
            + string.Join(" ", night.Ends.GroupBy(static end => end.Outcome.End).Select(static same => $"{same.Key}={same.Count()}")));
        return 0;
    }
}

/// <summary>What a sender is to do.</summary>
internal sealed record SenderOrder
{
    public required string Journal { get; init; }

    public required string Folder { get; init; }

    public required Uri Api { get; init; }

    public required string Model { get; init; }

    public required FastTime Time { get; init; }

    public int Throttle { get; init; } = 5;

    public int? PagesPerMinute { get; init; }

    /// <summary>For headers and for silence.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(10);

    /// <summary>Of a journal in a database: how long a run may be silent.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How much the clock of its machine is ahead.</summary>
    public TimeSpan ClockWrongBy { get; init; }

    public string[] ToArguments() =>
    [
        SenderProcess.Verb, Journal, Folder, Api.ToString(), Model, Time.ToString(), Throttle.ToString(CultureInfo.InvariantCulture),
        (PagesPerMinute ?? 0).ToString(CultureInfo.InvariantCulture), Timeout.ToString("c", CultureInfo.InvariantCulture),
        Lease.ToString("c", CultureInfo.InvariantCulture), ClockWrongBy.ToString("c", CultureInfo.InvariantCulture),
    ];

    /// <summary>The journal as a run of its own machine opens it.</summary>
    public IUploadJournal OpenJournal() => JournalAddress.Is(Journal)
        ? PostgreSqlJournal.Open(JournalLocation.OfDatabase(Journal), times: new JournalTimes
        {
            Lease = Lease, Renewal = Lease / 6, Patience = Lease / 3, Connect = TimeSpan.FromSeconds(2), Command = TimeSpan.FromSeconds(5),
        }, clock: new WrongClock(ClockWrongBy))
        : SqliteJournal.Open(Journal);

    public static SenderOrder Parse(string[] args) => new()
    {
        Journal = args[0],
        Folder = args[1],
        Api = new Uri(args[2]),
        Model = args[3],
        Time = FastTime.Parse(args[4]),
        Throttle = int.Parse(args[5], CultureInfo.InvariantCulture),
        PagesPerMinute = int.Parse(args[6], CultureInfo.InvariantCulture) is > 0 and int pages ? pages : null,
        Timeout = TimeSpan.Parse(args[7], CultureInfo.InvariantCulture),
        Lease = TimeSpan.Parse(args[8], CultureInfo.InvariantCulture),
        ClockWrongBy = TimeSpan.Parse(args[9], CultureInfo.InvariantCulture),
    };
}
