using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Pipelines: when work starts, and how it ends early.</summary>
public class StreamingTests
{
    /// <summary>The promise is half a second; a busy machine may take longer without anything being wrong.</summary>
    /// <summary>What is stopped here would never end by itself: any end shows that it was, on a busy machine too.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_first_upload_starts_before_the_enumeration_ends()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.Set("emulator", session.Emulator);

        // The second file is only handed out when the first has arrived: a cmdlet that collected its input first would wait for ever.
        using System.Management.Automation.PowerShell shell = session.Create(
            "& { Get-Item doc-01.png; while (-not $emulator.Billing.Charges.Count) { }; Get-Item doc-02.png } | Send-NanonetsDocument");
        PSDataCollection<PSObject> output = await Task.Run(() => new PSDataCollection<PSObject>(shell.Invoke()),
            TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, output.Count);
    }

    [Fact]
    public async Task No_more_uploads_than_the_throttle_limit_are_under_way()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(9);

        // The first goes alone; as soon as it is answered the others may.
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Stall, Route = "LabelFile", From = 2 });
        using System.Management.Automation.PowerShell shell = session.Create(
            "Get-ChildItem *.png | Send-NanonetsDocument -ThrottleLimit 3");
        IAsyncResult running = shell.BeginInvoke();
        await UntilAsync(() => session.Uploads.Count() == 4);
        Assert.False(running.IsCompleted);
        Assert.Equal(4, session.Uploads.Count());
        shell.Stop();
        Assert.Equal(4, session.Uploads.Count());
    }

    [Fact]
    public async Task A_path_means_what_the_engine_says_also_when_another_drive_becomes_current_within_the_folder()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Set("first", session.AddFile("a.png"));
        session.Set("second", session.AddFile("b.png"));
        session.AddFile("sub/c.png");
        session.Run("$path = $ExecutionContext.SessionState.Path");
        RunResult apart = session.Run("$first, $second | Send-NanonetsDocument; $null = $path.SetLocation('variable:'); $second | "
            + "Send-NanonetsDocument; $null = $path.SetLocation($folder)");
        RunResult together = session.Run("& { $first; $second; $null = $path.SetLocation('variable:'); $second } | Send-NanonetsDocument "
            + "-AllowDuplicate; $null = $path.SetLocation($folder)");
        Assert.Equal(apart.ErrorIds, together.ErrorIds);
        Assert.Equal(apart.Values("SourcePath").Order(), together.Values("SourcePath").Order());
        Assert.Equal(["c.png", "a.png"],
            session.Run("& { \"$folder/sub/../a.png\"; \"$folder/sub/c.png\" } | Send-NanonetsDocument -Ordered").Values("Input")
            .Reverse());
    }

    [Theory]
    [InlineData("Get-ChildItem *.png | Send-NanonetsDocument", "LabelFile", FaultKind.Stall)]
    [InlineData("Get-ChildItem *.png | Send-NanonetsDocument -Ordered -FilesPerRequest 2", "LabelFile", FaultKind.Stall)]
    [InlineData("Get-NanonetsResult some-id", "GetPredictions", FaultKind.Stall)]
    [InlineData("Get-NanonetsResult some-id -Wait", "GetPredictions", FaultKind.Status)]
    [InlineData("Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait", "GetPredictions", FaultKind.Stall)]
    public async Task Ctrl_C_ends_it_at_once(string script, string route, FaultKind fault)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(6);
        session.Emulator.Faults.Add(new FaultRule { Kind = fault, Route = route });
        using System.Management.Automation.PowerShell shell = session.Create(script);
        IAsyncResult running = shell.BeginInvoke();
        await UntilAsync(() => session.Emulator.Requests.All.Any(request => request.Route == route));
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(s_soon, TestContext.Current.CancellationToken);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        if (route == "LabelFile")
            Assert.Contains("may have been billed", session.Console.Text);
    }

    [Theory]
    [InlineData("foreach ($x in 1) { (Get-ChildItem *.png) | Send-NanonetsDocument -ThrottleLimit 2 | ForEach-Object { if "
        + "(IsOneUnderWay) { $_; break } } }")]
    [InlineData("Get-ChildItem *.png | Send-NanonetsDocument -ThrottleLimit 2 | Where-Object { IsOneUnderWay } | Select-Object -First 1")]
    public async Task A_consumer_that_wants_no_more_cancels_what_is_under_way(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(12);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Stall, Route = "LabelFile", From = 2, To = 2 });
        session.Set("requests", session.Emulator.Requests);
        session.Run("function global:IsOneUnderWay { @($requests.All | Where-Object Route -EQ LabelFile).Count -ge 2 }");
        RunResult result = await Task.Run(() => session.Run(script), TestContext.Current.CancellationToken)
            .WaitAsync(s_soon, TestContext.Current.CancellationToken);
        Assert.Single(result.Output);
        Assert.Empty(result.Errors);
        Assert.InRange(session.Uploads.Count(), 2, 5);
        Assert.Contains("may have been billed", session.Console.Text);
    }

    [Theory]
    [InlineData("Send-NanonetsDocument -WarningAction SilentlyContinue", "Continue", false)]
    [InlineData("Send-NanonetsDocument -WarningAction Ignore", "Continue", false)]
    [InlineData("Send-NanonetsDocument -WarningAction Continue", "SilentlyContinue", true)]
    [InlineData("Send-NanonetsDocument", "SilentlyContinue", false)]
    [InlineData("Read-NanonetsText -WarningAction SilentlyContinue", "Continue", false)]
    [InlineData("Read-NanonetsText", "Continue", true)]
    public async Task What_may_have_been_billed_is_said_as_the_caller_wants_warnings(string cmdlet, string preference, bool isSaid)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(12);
        string route = cmdlet.StartsWith("Read", StringComparison.Ordinal) ? "FullText" : "LabelFile";
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.StallAfter, Route = route, From = 2, To = 2 });

        // The consumer has enough as soon as another upload was charged; the one that stalls has no answer.
        session.Set("billing", session.Emulator.Billing);
        const string enough = "Where-Object { $billing.Charges.Count -ge 2 } | Select-Object -First 1";
        session.Run($"$WarningPreference = '{preference}'; Get-ChildItem *.png | {cmdlet} -ThrottleLimit 2 | {enough}");
        Assert.Equal(isSaid, session.Console.Text.Contains("may have been billed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finished_run_warns_of_nothing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(6);
        session.Run("Get-ChildItem *.png | Send-NanonetsDocument | Get-NanonetsResult -Wait");
        Assert.DoesNotContain("billed", session.Console.Text);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new System.Threading.CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
