using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>-WhatIf with a journal reads every document for its hash, which Ctrl+C must be able to end.</summary>
public class StoppedForecastTests
{
    [Fact]
    public async Task A_forecast_is_stopped_in_the_middle_of_a_document()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        string path = session.AddFile("large.pdf", "%PDF-1.4\n"u8.ToArray());

        // Reading it takes far longer than anybody waits for a prompt; it takes no room on the disk.
        await using (var file = new FileStream(path, FileMode.Open))
            file.SetLength(32L * 1024 * 1024 * 1024);
        using System.Management.Automation.PowerShell shell = session.Create("Send-NanonetsDocument large.pdf -Journal uploads.db -WhatIf");
        IAsyncResult running = shell.BeginInvoke();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(2) && !running.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        watch.Restart();
        shell.Stop();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
