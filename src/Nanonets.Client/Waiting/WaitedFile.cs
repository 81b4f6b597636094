using System;
using System.Threading.Tasks;

namespace Nanonets.Waiting;

/// <summary>What a question about a file has shown.</summary>
internal enum Seen
{
    /// <summary>Nothing: the question failed.</summary>
    Nothing,

    /// <summary>It is pending.</summary>
    Pending,

    /// <summary>It is finished.</summary>
    Finished,
}

/// <summary>A file that is waited for, and what was seen of it. Its queue guards it.</summary>
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

    /// <summary>When its wait ends in any case.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.MaxValue;

    /// <summary>Before the first question.</summary>
    public TimeSpan FirstDelay { get; init; }

    /// <summary>Asks the service; throws what ends the wait.</summary>
    public required Func<Task<Seen>> Ask { get; init; }

    /// <summary>Its wait: true when it is finished, false when the time is up.</summary>
    public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its place among those that came.</summary>
    public long Number { get; set; }

    /// <summary>
    /// The part of the expected time after which it is asked for first; less than all to see whether the service has become faster.
    /// </summary>
    public double Share { get; set; } = 1;

    /// <summary>When to look at it again.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Whether its age is known, so that others tell when it is due, and it tells when others are.</summary>
    public bool HasAge => _accepted is not null;

    /// <summary>How often it was asked for, or looked up in a listing, in vain.</summary>
    public int Asked { get; private set; }

    /// <summary>How old it was when it was last seen pending; null when it never was.</summary>
    public TimeSpan? Pending { get; private set; }

    /// <summary>Its age; the time waited where the age is not known.</summary>
    public TimeSpan AgeAt(TimeSpan now) => now - (_accepted ?? Began);

    /// <summary>The moment at which it is that old.</summary>
    public TimeSpan MomentOf(TimeSpan age) => (_accepted ?? Began) + age;

    /// <summary>It was asked for, or looked up in a listing, in vain.</summary>
    /// <param name="at">When the question was put.</param>
    /// <param name="seen">Whether it was seen pending; false when the question failed.</param>
    public void Missed(TimeSpan at, bool seen)
    {
        Asked++;
        if (seen)
            Pending = AgeAt(at);
    }

    /// <summary>An answer told when it was accepted.</summary>
    public void Learn(TimeSpan accepted) => _accepted ??= accepted;
}
