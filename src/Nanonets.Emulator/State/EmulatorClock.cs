using System;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>The clock of the options, which can be put forward and back. Waits that have begun are not shortened.</summary>
internal sealed class EmulatorClock(TimeProvider time)
{
    private long _offset;

    public DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public void Reset() => Volatile.Write(ref _offset, 0);
}
