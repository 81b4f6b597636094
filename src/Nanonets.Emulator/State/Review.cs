using System.Collections.Immutable;
using System.Text.Json;

namespace Nanonets.Emulator.State;

/// <summary>What people have done with a file.</summary>
internal sealed record Review
{
    public static Review None { get; } = new();

    public bool Approved { get; init; }

    /// <summary>A version 1 UUID of when it was approved; null for never.</summary>
    public string? VerifiedAt { get; init; }

    public string VerifiedBy { get; init; } = string.Empty;

    /// <summary>A version 1 UUID of the last change of the file as a whole; null for none.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>Corrected values of pages by their position.</summary>
    public ImmutableDictionary<int, Correction> Corrections { get; init; } = ImmutableDictionary<int, Correction>.Empty;

    /// <summary>E-mail address of the reviewer.</summary>
    public string Member { get; init; } = string.Empty;

    public string ExportStatus { get; init; } = string.Empty;

    /// <summary>When a page was changed last, else its own id: both are version 1 UUIDs.</summary>
    public string UpdatedAtOf(int position, string pageId) =>
        UpdatedAt ?? (Corrections.TryGetValue(position, out Correction? correction) ? correction.At : pageId);
}

/// <summary>The values of a page as a human left them.</summary>
/// <param name="Boxes">The boxes as sent.</param>
/// <param name="At">A version 1 UUID of when.</param>
internal sealed record Correction(JsonElement Boxes, string At);
