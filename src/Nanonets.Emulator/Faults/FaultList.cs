using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Nanonets.Emulator.Faults;

namespace Nanonets.Emulator;

/// <summary>The rules in force; the first that hits a request counts.</summary>
/// <param name="seed">Seed of rules with a probability and no seed of their own.</param>
public sealed class FaultList(int seed = 0)
{
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];
    private int _added;

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (_lock)
                return [.. _rules];
        }
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The rule, to count its hits or to remove it.</returns>
    public FaultRule Add(FaultRule rule)
    {
        lock (_lock)
        {
            rule.Counter.Number = ++_added;
            _rules.Add(rule);
        }

        return rule;
    }

    /// <summary>Removes a rule.</summary>
    /// <param name="rule">The rule.</param>
    public void Remove(FaultRule rule)
    {
        lock (_lock)
            _rules.Remove(rule);
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_lock)
            _rules.Clear();
    }

    /// <summary>Whether a request's head must be looked at for its file names.</summary>
    internal bool HasUploadRules => All.Any(static rule => IsUpload(rule.Kind));

    internal FaultRule? MatchUpload(FaultTarget target) => Match(target, static kind => IsUpload(kind));

    internal FaultRule? MatchRequest(FaultTarget target) => Match(target, static kind => !IsUpload(kind) && !IsFile(kind));

    internal FaultRule? MatchFile(FaultTarget target) => Match(target, static kind => IsFile(kind));

    private static bool IsUpload(FaultKind kind) => kind is FaultKind.CutBefore or FaultKind.CutUpload or FaultKind.StallUpload;

    private static bool IsFile(FaultKind kind) => kind is FaultKind.FileFails or FaultKind.FileNeverFinishes or FaultKind.FileSlow;

    private FaultRule? Match(FaultTarget target, Func<FaultKind, bool> ofKind) =>
        All.FirstOrDefault(rule => ofKind(rule.Kind) && rule.Counter.Hit(rule, target, seed));
}
