using System;
using System.Threading.Tasks;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>Waits for what happens on another thread.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task HoldsAsync(Func<bool> holds)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience, "It never came.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
