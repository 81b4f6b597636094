using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;

namespace Nanonets.Journal.Tests;

/// <summary>
/// Processes that are killed, stopped and run side by side on one journal: whatever happens, each document is charged once.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly string _service;

    public CrashTests() => _service = Directory.CreateDirectory(Path.Combine(_folder.Root, "service")).FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_process_killed_at_random_instants_loses_and_repeats_nothing() => KillAsync(kills: 4, documents: 40, seed: 20250317);

    [Fact(Explicit = true)]
    public Task A_process_killed_at_fifty_random_instants_loses_and_repeats_nothing() => KillAsync(kills: 50, documents: 500, seed: 4711);

    [Fact]
    public async Task Two_processes_share_a_journal()
    {
        const int documents = 40;
        using Process first = Start(documents, pause: 2);
        using Process second = Start(documents, pause: 2);
        int[] left = [await EndAsync(first), await EndAsync(second)];
        AssertChargedOnce(documents);

        // What the one was just working on the other did not wait for; nobody left anything undone.
        Assert.All(left, count => Assert.InRange(count, 0, documents));
        AssertAllAccepted(documents);
    }

    [Fact]
    public async Task A_stopped_process_keeps_what_it_has_claimed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal that stops a process on Windows.");
        const int documents = 30;
        using Process owner = Start(documents, pause: 400);
        await WaitForLineAsync(owner, "sent");
        Signal(owner, "STOP");
        try
        {
            // The uploads of the stopped process are open: another one goes round them, and does not look for them either.
            using Process other = Start(documents, pause: 2);
            int left = await EndAsync(other);
            Assert.InRange(left, 1, 4);
            Assert.Equal(documents - left, AcceptedNow());
        }
        finally
        {
            Signal(owner, "CONT");
        }

        Assert.Equal(0, await EndAsync(owner));
        AssertChargedOnce(documents);
        AssertAllAccepted(documents);
    }

    private async Task KillAsync(int kills, int documents, int seed)
    {
        var random = new Random(seed);
        for (int kill = 0; kill < kills; kill++)
        {
            using Process worker = Start(documents, pause: 4);
            await WaitForLineAsync(worker, "");
            await Task.Delay(random.Next(0, 60), Cancel);
            worker.Kill();
            await worker.WaitForExitAsync(Cancel);
        }

        using Process last = Start(documents, pause: 0);
        Assert.Equal(0, await EndAsync(last));
        AssertChargedOnce(documents);
        AssertAllAccepted(documents);
        Assert.Empty(Directory.EnumerateFiles(_folder.Root, "*.lock"));
    }

    private Process Start(int documents, int pause) => JournalWorker.Start(_folder.Journal, _service, documents, pause);

    private void AssertChargedOnce(int documents)
    {
        Dictionary<string, int> charges = JournalWorker.Charges(_service);
        Assert.Equal(documents, charges.Count);
        Assert.All(charges, charge => Assert.Equal(1, charge.Value));
    }

    private void AssertAllAccepted(int documents) => Assert.Equal(documents, AcceptedNow());

    private int AcceptedNow()
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(_folder.Journal);
        return journal.Query(new JournalQuery { States = [UploadState.Accepted] }).Count();
    }

    /// <summary>Waits for the end and gives how many documents the worker left to others.</summary>
    private static async Task<int> EndAsync(Process worker)
    {
        string output = await worker.StandardOutput.ReadToEndAsync(Cancel);
        string errors = await worker.StandardError.ReadToEndAsync(Cancel);
        await worker.WaitForExitAsync(Cancel);
        Assert.True(worker.ExitCode == 0, errors);
        string last = output.TrimEnd().Split('\n')[^1].TrimEnd();
        Assert.StartsWith("done ", last);
        return int.Parse(last["done ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task WaitForLineAsync(Process worker, string start)
    {
        string? line = await worker.StandardOutput.ReadLineAsync(Cancel);
        if (line is null)
            Assert.Fail(await worker.StandardError.ReadToEndAsync(Cancel));
        Assert.StartsWith(start, line);
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", $"-{signal} {process.Id}");
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
