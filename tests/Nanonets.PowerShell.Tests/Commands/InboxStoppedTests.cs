using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What a run over an inbox leaves when somebody stops it.</summary>
public class InboxStoppedTests
{
    [Fact]
    public async Task A_stopped_run_leaves_its_line()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("notes.pdf", "notes"u8.ToArray(), TimeSpan.FromHours(2));
        session.Add("a.pdf");
        session.Module.Emulator.Options.ProcessingTimePerPage = TimeSpan.FromHours(1);
        await StopAsync(session, () => IsAskedFor(session));
        JsonElement line = Line(session);
        Assert.Equal("OperationCanceled", line.GetProperty("ErrorId").GetString());
        Assert.Contains("stopped before it had ended: 1 of 2 documents", line.GetProperty("Reason").GetString());
        Assert.Equal(1, line.GetProperty("Charges").GetInt32());
        Assert.Equal("""{"Failed":1}""", line.GetProperty("Documents").GetRawText());
    }

    [Fact]
    public async Task A_run_of_others_that_holds_the_file_does_not_delay_the_stop()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("a.pdf");
        session.Module.Emulator.Options.ProcessingTimePerPage = TimeSpan.FromHours(1);
        Directory.CreateDirectory(session.PathOf("out"));
        using FileStream held = new(session.PathOf("out", "runs.jsonl"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.InRange(await StopAsync(session, () => IsAskedFor(session)), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    /// <summary>The result is waited for: what came before it has ended.</summary>
    private static bool IsAskedFor(InboxSession session) =>
        session.Module.Emulator.Requests.All.Any(static request => request.Route == "GetPredictions");

    /// <returns>How long the stop took.</returns>
    private static async Task<TimeSpan> StopAsync(InboxSession session, Func<bool> isTime)
    {
        using System.Management.Automation.PowerShell shell = session.Module.Create(
            "Invoke-NanonetsInbox inbox out -Label total_amount");
        IAsyncResult running = shell.BeginInvoke();
        while (!isTime())
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        var watch = Stopwatch.StartNew();
        shell.Stop();
        return watch.Elapsed;
    }

    private static JsonElement Line(InboxSession session) =>
        JsonDocument.Parse(Assert.Single(File.ReadAllLines(session.PathOf("out", "runs.jsonl")))).RootElement;
}
