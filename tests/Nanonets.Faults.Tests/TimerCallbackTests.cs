using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Faults.Tests;

/// <summary>What the callback of a timer throws ends no process: it is tried in a process of its own.</summary>
public class TimerCallbackTests
{
    /// <summary>Makes this program set an alarm that throws.</summary>
    public const string Verb = "throw-in-an-alarm";

    [Fact]
    public async Task An_exception_in_it_does_not_end_the_process()
    {
        string name = OperatingSystem.IsWindows() ? "Nanonets.Faults.Tests.exe" : "Nanonets.Faults.Tests";
        string program = Path.Combine(AppContext.BaseDirectory, name);
        using Process process = Process.Start(new ProcessStartInfo(program, Verb) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }

    /// <summary>The process: one alarm throws, another rings after it.</summary>
    internal static async Task<int> ThrowAsync()
    {
        var isThrowing = new TaskCompletionSource();
        var hasSurvived = new TaskCompletionSource();
        using IDisposable first = Clock.System.Alarm(TimeSpan.Zero, () =>
        {
            isThrowing.SetResult();
            throw new TimeZoneNotFoundException("Nobody thought of this.");
        });
        await isThrowing.Task;
        using IDisposable second = Clock.System.Alarm(TimeSpan.FromSeconds(0.5), hasSurvived.SetResult);
        await hasSurvived.Task;
        return 0;
    }
}
