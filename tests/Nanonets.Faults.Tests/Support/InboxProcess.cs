using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Inbox;
using Nanonets.Journal;
using Nanonets.Journal.PostgreSql;
using Nanonets.Journaling;
using Nanonets.Rows;

namespace Nanonets.Faults.Tests.Support;

/// <summary>A pass over an inbox as a process of its own, which can be killed.</summary>
internal sealed class InboxProcess : IDisposable
{
    public const string Verb = "inbox";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private InboxProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Whether a process can be given the name of another machine: for root on Linux, as a container would be.</summary>
    public static bool MayRename { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root";

    /// <summary>Everything it has said.</summary>
    public List<string> Lines { get; } = [];

    /// <param name="order">What to do.</param>
    /// <param name="apiKey">Given by the environment, as a scheduled task would.</param>
    /// <param name="machine">The name of the machine that it runs on, with a state folder of its own; null for this one.</param>
    public static InboxProcess Start(InboxOrder order, string apiKey, string? machine = null)
    {
        string program = Path.Combine(
            AppContext.BaseDirectory, "Nanonets.Faults.Tests" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        string[] elsewhere = machine is not null && MayRename
            ? ["unshare", "--uts", "sh", "-c", "hostname \"$0\" && exec \"$@\"", machine] : [];
        string[] command = [.. elsewhere, program, .. order.ToArguments()];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in command[1..])
            start.ArgumentList.Add(argument);
        start.Environment["NANONETS_API_KEY"] = apiKey;
        if (machine is not null)
            start.Environment["NANONETS_STATE_FOLDER"] = Path.Combine(Path.GetDirectoryName(order.Destination)!, $"state-{machine}");
        return new InboxProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it has said so many lines, or has ended.</summary>
    public async Task UntilSaidAsync(int lines)
    {
        for (int said = 0; said < lines && await ReadLineAsync() is not null; said++)
        {
            // Kept in Lines.
        }
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the end and gives how many documents ended in each state.</summary>
    public async Task<Dictionary<string, int>> EndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
            // Kept in Lines.
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, await _errors);
        return Lines[^1]["done ".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('='))
            .ToDictionary(static part => part[0], static part => int.Parse(part[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _process.Dispose();

    /// <summary>Runs in the child process.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        InboxOrder order = InboxOrder.Parse(args);
        using NanonetsClient client = order.ToClient(Environment.GetEnvironmentVariable("NANONETS_API_KEY")!);
        using InboxPass pass = Pass(order.ToOptions(), client, new Speaker());
        InboxRun run = await RunAsync(pass, order.ToOptions(), client);
        Console.WriteLine(
            "done " + string.Join(" ", run.Documents.GroupBy(static one => one.State).Select(static same => $"{same.Key}={same.Count()}")));
        return 0;
    }

    /// <summary>A pass in this process.</summary>
    public static InboxPass Pass(InboxOptions options, NanonetsClient client, IInboxWatcher watcher) =>
        new(options, client, () => Open(options.Journal), watcher, CancellationToken.None);

    /// <summary>The journal of a pass.</summary>
    public static IUploadJournal Open(JournalLocation journal) =>
        journal.Address is null ? SqliteJournal.Open(journal.Name) : PostgreSqlJournal.Open(journal);

    /// <summary>All of a pass, as the cmdlet does it.</summary>
    public static async Task<InboxRun> RunAsync(InboxPass pass, InboxOptions options, NanonetsClient client)
    {
        await pass.RecoverAsync();
        return await pass.RunAsync(new InboxListing(options, client.Clock).Read());
    }

    private async Task<string?> ReadLineAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is not null)
            Lines.Add(line);
        return line;
    }

    /// <summary>Says everything at once, so that whoever kills it knows where it is.</summary>
    private sealed class Speaker : IInboxWatcher
    {
        public void Accepted() => Console.WriteLine("accepted");

        public void Ended(InboxDocument document) => Console.WriteLine($"ended {document} {document.Reason?.ReplaceLineEndings(" ")}");

        public void Verbose(string text) => Console.WriteLine("said " + text.ReplaceLineEndings(" "));

        public void Warn(string text) => Console.WriteLine("warned " + text.ReplaceLineEndings(" "));

        public void RequestCompleted(RequestTrace trace) => Console.WriteLine($"asked {trace.Method} {trace.StatusCode}");

        public void BodyBytesSent(long delta)
        {
        }
    }
}

/// <summary>What a pass is to do.</summary>
internal sealed record InboxOrder
{
    public required string Inbox { get; init; }

    public required string Destination { get; init; }

    public required string Journal { get; init; }

    public required Uri Api { get; init; }

    public required string Model { get; init; }

    public required FastTime Time { get; init; }

    public string? RowsPath { get; init; }

    public int? PagesPerMinute { get; init; }

    public string[] ToArguments() =>
    [
        InboxProcess.Verb, Inbox, Destination, Journal, Api.ToString(), Model, Time.ToString(), RowsPath ?? string.Empty,
        (PagesPerMinute ?? 0).ToString(CultureInfo.InvariantCulture),
    ];

    public static InboxOrder Parse(string[] args) => new()
    {
        Inbox = args[0],
        Destination = args[1],
        Journal = args[2],
        Api = new Uri(args[3]),
        Model = args[4],
        Time = FastTime.Parse(args[5]),
        RowsPath = args[6].Length > 0 ? args[6] : null,
        PagesPerMinute = int.Parse(args[7], CultureInfo.InvariantCulture) is > 0 and int pages ? pages : null,
    };

    /// <summary>
    /// The client of a pass. It waits for every answer: in time that runs fast, what is usually given up would be an emulator that is only
    /// slow, on a machine that is busy.
    /// </summary>
    public NanonetsClient ToClient(string apiKey)
    {
        TimeSpan patience = TimeSpan.FromHours(10);
        var options = new NanonetsClientOptions(apiKey) { BaseUri = Api, Timeout = patience, IdleTimeout = patience };
        return new NanonetsClient(options, Transport.Create(options), Time.ForClient());
    }

    public InboxOptions ToOptions() => new()
    {
        Inbox = Inbox,
        Destination = Destination,
        Journal = JournalAddress.Is(Journal) ? JournalLocation.OfDatabase(Journal) : JournalLocation.OfFile(Journal),
        ModelId = Model,
        Labels = [RowLabel.Parse("invoice_number"), RowLabel.Parse("total_amount")],
        RowsPath = RowsPath,
        Recurse = true,
        MinimumScore = 0.5,
        MinimumAge = TimeSpan.FromSeconds(1),
        PagesPerMinute = PagesPerMinute,
    };
}
