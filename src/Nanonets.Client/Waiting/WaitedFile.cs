using System;

namespace Nanonets.Waiting;

/// <summary>A file that is waited for, and what was seen of it.</summary>
/// <param name="began">When its wait began.</param>
/// <param name="accepted">When the service accepted it, by the same clock; null when that is not known.</param>
internal sealed class WaitedFile(string requestFileId, int? pages, TimeSpan began, TimeSpan? accepted)
{
    private TimeSpan? _accepted = accepted;

    public string RequestFileId { get; } = requestFileId;

    /// <summary>Its pages, where they are known.</summary>
    public int? Pages { get; } = pages;

    /// <summary>When its wait began.</summary>
    public TimeSpan Began { get; } = began;

    /// <summary>Whether its age is known, so that others tell when it is due, and it tells when others are.</summary>
    public bool HasAge => _accepted is not null;

    /// <summary>The part of the expected time after which it is asked for first; less than all to see whether the service has become faster.</summary>
    public double Share { get; set; } = 1;

    /// <summary>How often it was asked for in vain.</summary>
    public int Asked { get; private set; }

    /// <summary>How old it was when it was last seen pending; null when it never was.</summary>
    public TimeSpan? Pending { get; private set; }

    /// <summary>Its age; the time waited where the age is not known.</summary>
    public TimeSpan AgeAt(TimeSpan now) => now - (_accepted ?? Began);

    /// <summary>It was asked for, or looked up in a listing, in vain.</summary>
    /// <param name="now">When the question was put.</param>
    /// <param name="seen">Whether it was seen pending; false when the question failed.</param>
    public void Missed(TimeSpan now, bool seen)
    {
        Asked++;
        if (seen)
            Pending = AgeAt(now);
    }

    /// <summary>An answer told when it was accepted.</summary>
    public void Learn(TimeSpan accepted) => _accepted ??= accepted;
}
