using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Nanonets.Emulator;

/// <summary>What goes wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>Answers with a status of its own instead of processing.</summary>
    Status,

    /// <summary>Waits before processing.</summary>
    Delay,

    /// <summary>Reads the request and never answers.</summary>
    Stall,

    /// <summary>Cuts the connection without reading the body.</summary>
    CutBefore,

    /// <summary>Cuts the connection after the upload was stored and charged.</summary>
    CutAfter,

    /// <summary>Processes, then answers with a status of its own.</summary>
    StatusAfter,

    /// <summary>Processes, then cuts the connection in the middle of the answer.</summary>
    TruncatedAnswer,
}

/// <summary>A body for a fault with a status.</summary>
public enum FaultBody
{
    /// <summary>The service's own error form.</summary>
    Service,

    /// <summary>A gateway's page.</summary>
    Html,

    /// <summary>Nothing.</summary>
    Empty,
}

/// <summary>A rule: which requests, and what goes wrong with them.</summary>
public sealed class FaultRule
{
    private int _seen;

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Name of the route, such as LabelFile or GetPredictions; null for all.</summary>
    public string? Route { get; init; }

    /// <summary>First matching request that is hit, from 1.</summary>
    public int From { get; init; } = 1;

    /// <summary>Last matching request that is hit; any number when null.</summary>
    public int? To { get; init; }

    /// <summary>Status, for faults with one.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Body, for faults with a status.</summary>
    public FaultBody Body { get; init; }

    /// <summary>A Retry-After header, verbatim.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Time, for a delay.</summary>
    public TimeSpan Delay { get; init; }

    internal bool Hits(string route)
    {
        if (Route is not null && Route != route)
            return false;

        int number = Interlocked.Increment(ref _seen);
        return number >= From && number <= (To ?? int.MaxValue);
    }
}

/// <summary>The rules in force; the first that hits a request counts.</summary>
public sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">The rule.</param>
    public void Add(FaultRule rule)
    {
        lock (_lock)
            _rules.Add(rule);
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_lock)
            _rules.Clear();
    }

    internal FaultRule? Match(string route)
    {
        lock (_lock)
            return _rules.FirstOrDefault(rule => rule.Hits(route));
    }
}
