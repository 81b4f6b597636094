using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Sending;

/// <summary>Counts how documents ended; the numbers add up to the documents that came.</summary>
internal sealed class SendingTally
{
    private readonly object _lock = new();
    private readonly Dictionary<SendingEnd, int> _ends = [];
    private int _pages;

    /// <summary>Documents that ended.</summary>
    public int Documents
    {
        get
        {
            lock (_lock)
                return _ends.Values.Sum();
        }
    }

    /// <summary>Pages of the documents that this run sent.</summary>
    public int Pages
    {
        get
        {
            lock (_lock)
                return _pages;
        }
    }

    public int this[SendingEnd end]
    {
        get
        {
            lock (_lock)
                return _ends.TryGetValue(end, out int count) ? count : 0;
        }
    }

    public void Add(SendingOutcome outcome)
    {
        lock (_lock)
        {
            _ends[outcome.End] = (_ends.TryGetValue(outcome.End, out int count) ? count : 0) + 1;
            if (outcome.End is SendingEnd.Accepted or SendingEnd.Found)
                _pages += outcome.Pages.Length;
        }
    }

    /// <summary>One sentence for the end of a run.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            string parts = string.Join(", ", _ends.Where(static end => end.Value > 0).OrderBy(static end => end.Key)
                .Select(static end => string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", end.Value, Words(end.Key))));
            return string.Format(CultureInfo.CurrentCulture, "{0:N0} document(s): {1}. {2:N0} page(s) sent.", _ends.Values.Sum(),
                parts.Length == 0 ? "none" : parts, _pages);
        }
    }

    private static string Words(SendingEnd end) => end switch
    {
        SendingEnd.Accepted => "accepted",
        SendingEnd.Found => "accepted and found again after a lost answer",
        SendingEnd.Known => "sent by an earlier run",
        SendingEnd.Duplicate => "with the same content as another",
        SendingEnd.LeftOut => "left out because sent before",
        SendingEnd.Refused => "refused",
        SendingEnd.RefusedBefore => "skipped because refused before",
        SendingEnd.Unfit => "not sent because unsuitable",
        SendingEnd.NotSent => "not sent because of an error",
        SendingEnd.Held => "held with an unknown outcome",
        SendingEnd.Elsewhere => "left to another run",
        SendingEnd.Unsent => "not sent because the run stopped",
        SendingEnd.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };
}
