using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Nanonets.Emulator;

/// <summary>What was charged: one entry for each file that was accepted.</summary>
public sealed class BillingLedger
{
    private readonly Lock _lock = new();
    private readonly List<Charge> _charges = [];
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private int _pages;

    /// <summary>All charges, in order.</summary>
    public IReadOnlyList<Charge> Charges
    {
        get
        {
            lock (_lock)
                return [.. _charges];
        }
    }

    /// <summary>All pages charged.</summary>
    public int TotalPages
    {
        get
        {
            lock (_lock)
                return _pages;
        }
    }

    /// <summary>SHA-256 of every content that was charged more than once: what a client must prevent.</summary>
    public IReadOnlyList<string> ChargedTwice
    {
        get
        {
            lock (_lock)
                return [.. _times.Where(static entry => entry.Value > 1).Select(static entry => entry.Key)];
        }
    }

    /// <summary>Is told each charge, and all pages charged with it.</summary>
    internal Action<Charge, int>? Announce { get; set; }

    /// <summary>How often a content was charged.</summary>
    /// <param name="sha256">SHA-256 of the content, in lower-case hexadecimal.</param>
    /// <returns>The number of charges.</returns>
    public int TimesCharged(string sha256)
    {
        lock (_lock)
            return _times.GetValueOrDefault(sha256);
    }

    /// <summary>Charges files of one request, all or none.</summary>
    /// <param name="charges">The files.</param>
    /// <param name="freePages">Pages that may be charged in all; null for any number.</param>
    /// <returns>False when the quota does not suffice; nothing is charged then.</returns>
    internal bool TryCharge(IReadOnlyCollection<Charge> charges, int? freePages)
    {
        lock (_lock)
        {
            int pages = charges.Sum(static charge => charge.Pages);
            if (freePages is { } limit && _pages + pages > limit)
                return false;

            _charges.AddRange(charges);
            _pages += pages;
            foreach (Charge charge in charges)
            {
                _times[charge.Sha256] = _times.GetValueOrDefault(charge.Sha256) + 1;
                Announce?.Invoke(charge, _pages);
            }

            return true;
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _charges.Clear();
            _times.Clear();
            _pages = 0;
        }
    }
}

/// <summary>A charge.</summary>
/// <param name="Sha256">SHA-256 of the content, in lower-case hexadecimal.</param>
/// <param name="FileName">The name it was sent with.</param>
/// <param name="RequestFileId">The id it got.</param>
/// <param name="Pages">Pages charged.</param>
/// <param name="Bytes">Size of the content.</param>
public sealed record Charge(string Sha256, string FileName, string RequestFileId, int Pages, long Bytes);
