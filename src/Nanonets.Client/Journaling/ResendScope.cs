using System;

namespace Nanonets.Journaling;

/// <summary>What to send again although the journal would skip it.</summary>
[Flags]
#pragma warning disable CA1711 // The name says what it is.
public enum ResendScope
#pragma warning restore CA1711
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What the service refused, and what a person has discarded.</summary>
    Failed = 1,

    /// <summary>What is held, although it may have been accepted.</summary>
    Held = 2,

    /// <summary>Both.</summary>
    All = Failed | Held,
}
