using System;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;

namespace Nanonets.Faults.Tests.Support;

/// <summary>The clock of a machine whose time of day is set wrong.</summary>
internal sealed class WrongClock(TimeSpan wrongBy) : Clock
{
    public override DateTimeOffset UtcNow => System.UtcNow + wrongBy;

    public override TimeSpan Elapsed => System.Elapsed;

    public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) => System.Delay(duration, cancellationToken);
}
