using System;
using Nanonets.Journaling;

namespace Nanonets;

/// <summary>What to do about an upload whose answer was lost.</summary>
public enum AmbiguousAction
{
    /// <summary>Look for it; take it when it is found; send it again only when it is proven missing; else hold it.</summary>
    Resolve,

    /// <summary>Neither look nor send: hold it for a later run or a person.</summary>
    Hold,

    /// <summary>
    /// Look once, and send it again at once when it is not found, or cannot be looked for, although it may then be billed twice.
    /// </summary>
    Resend,
}

/// <summary>How a run sends.</summary>
internal sealed class SendingOptions
{
    public AmbiguousAction OnAmbiguous { get; init; } = AmbiguousAction.Resolve;

    /// <summary>Least time before an upload that is proven missing is sent again.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What the journal would skip and is sent all the same.</summary>
    public ResendScope Resend { get; init; }

    /// <summary>Leaves out what the journal knows to be accepted.</summary>
    public bool NewOnly { get; init; }

    /// <summary>Most pages that this run may use; null for any number.</summary>
    public int? PageBudget { get; init; }

    /// <summary>The known limit of the service; null to learn it from refusals.</summary>
    public int? PagesPerMinute { get; init; }

    /// <summary>Puts the tag in front of the user's text.</summary>
    public bool TagMetadata { get; init; }

    /// <summary>How long a service that is down is waited for.</summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromHours(12);

    /// <summary>What is lost must be settled in the order of the input: nothing waits for the end of the run.</summary>
    public bool Ordered { get; init; }
}
