using System;
using System.Runtime.InteropServices;

namespace Nanonets.Time;

/// <summary>
/// A clock that goes on while the machine sleeps, which those of .NET do not on every system. A virtual machine that was stopped notices
/// it by the time of day alone, which jumps: a jump ahead counts as passed, one back is not believed.
/// </summary>
internal static class SleepingTime
{
    private const int BootTimeOfLinux = 7;
    private const int MonotonicRawOfMac = 4;

    private static readonly object s_lock = new();
    private static TimeSpan s_lastBoot = SinceBoot();
    private static DateTimeOffset s_lastDay = DateTimeOffset.UtcNow;
    private static TimeSpan s_passed;

    /// <summary>Time that has passed since some moment.</summary>
    public static TimeSpan Now
    {
        get
        {
            lock (s_lock)
            {
                TimeSpan boot = SinceBoot();
                DateTimeOffset day = DateTimeOffset.UtcNow;
                TimeSpan byBoot = boot - s_lastBoot;
                TimeSpan byDay = day - s_lastDay;
                (s_lastBoot, s_lastDay) = (boot, day);
                return s_passed += byDay > byBoot ? byDay : byBoot;
            }
        }
    }

    private static TimeSpan SinceBoot()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return TimeSpan.FromMilliseconds(GetTickCount64());
        int clock = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? MonotonicRawOfMac : BootTimeOfLinux;
        if (ClockGetTime(clock, out TimeSpec time) != 0)
            throw new PlatformNotSupportedException("This system has no clock that goes on while it sleeps.");
        return TimeSpan.FromSeconds((long)time.Seconds) + TimeSpan.FromTicks((long)time.Nanoseconds / 100);
    }

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern ulong GetTickCount64();

    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    /// <summary>As wide as a long of C on every 64-bit system but Windows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public IntPtr Seconds;
        public IntPtr Nanoseconds;
    }
}
