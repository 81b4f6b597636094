using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Nanonets.Emulator.Faults;

/// <summary>Counts what a rule has seen and decides what it hits.</summary>
internal sealed class FaultCounter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _seenOf = new(StringComparer.Ordinal);
    private int _seen;
    private int _hits;

    /// <summary>The rule's number in its list.</summary>
    public int Number { get; set; }

    public int Hits => Volatile.Read(ref _hits);

    public bool Hit(FaultRule rule, FaultTarget target, int seed)
    {
        if (!Meets(rule, target))
            return false;

        int number;
        int ofSubject;
        lock (_lock)
        {
            ofSubject = _seenOf[target.Subject] = _seenOf.GetValueOrDefault(target.Subject) + 1;
            number = rule.CountPerFile ? ofSubject : ++_seen;
        }

        bool hit = number >= rule.From && number <= (rule.To ?? int.MaxValue) && (number - rule.From) % Math.Max(rule.Every, 1) == 0
            && (rule.Probability >= 1 || Draw(rule.Seed ?? seed, target.Subject, ofSubject) < rule.Probability);
        if (hit)
            Interlocked.Increment(ref _hits);
        return hit;
    }

    private static bool Meets(FaultRule rule, FaultTarget target) =>
        (rule.Route is null || rule.Route == target.Route)
        && (rule.Model is null || rule.Model == target.Model)
        && (!rule.OnReusedConnection || target.Reused)
        && (rule.Since is null || target.Now >= rule.Since)
        && (rule.Until is null || target.Now < rule.Until)
        && (rule.FileName is null
            || target.FileNames.Any(name => FileSystemName.MatchesSimpleExpression(rule.FileName, name, ignoreCase: false)));

    /// <summary>A number from 0 to 1 that depends on nothing but its arguments.</summary>
    private static double Draw(int seed, string subject, int occurrence)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}\n{occurrence}\n{subject}")));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) / (double)ulong.MaxValue;
    }
}
