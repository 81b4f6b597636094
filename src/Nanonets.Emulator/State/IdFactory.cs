using System;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>
/// Makes ids of the recorded kinds: random UUIDs for files and labels, time-based ones for pages. Repeatable when seeded.
/// </summary>
internal sealed class IdFactory(int? seed, EmulatorClock clock)
{
    private static readonly long s_gregorianStart = new DateTimeOffset(1582, 10, 15, 0, 0, 0, TimeSpan.Zero).Ticks;
    private readonly Lock _lock = new();
    private readonly Random _random = seed is { } value ? new Random(value) : new Random();
    private long _lastTicks;

    /// <summary>A version 4 UUID.</summary>
    public string Random()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
            _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>A version 1 UUID of now; no two are equal.</summary>
    public string OfNow()
    {
        long ticks;
        lock (_lock)
            ticks = _lastTicks = Math.Max(clock.Now.Ticks - s_gregorianStart, _lastTicks + 1);
        return new Guid(
            (uint)ticks, (ushort)(ticks >> 32), (ushort)(((ticks >> 48) & 0x0FFF) | 0x1000), 0x9C, 0x4D, 0x02, 0xA4, 0xC6, 0xE8, 0xF0, 0x13)
            .ToString("D");
    }
}
