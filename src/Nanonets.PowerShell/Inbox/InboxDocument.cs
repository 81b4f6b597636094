namespace Nanonets;

/// <summary>A document that lay in the inbox, and what became of it.</summary>
public sealed class InboxDocument
{
    internal InboxDocument()
    {
    }

    /// <summary>Its path below the inbox.</summary>
    public string Input { get; internal init; } = string.Empty;

    /// <summary>What became of it.</summary>
    public InboxState State { get; internal init; }

    /// <summary>Full path of where it lies now: where it was filed, else in the inbox.</summary>
    public string SourcePath { get; internal init; } = string.Empty;

    /// <summary>Full path of the JSON file with its result or its error; null while it is not filed.</summary>
    public string? ResultPath { get; internal init; }

    /// <summary>The id the service knows it by; null where it has none.</summary>
    public string? RequestFileId { get; internal init; }

    /// <summary>Its pages, where they are known.</summary>
    public int? PageCount { get; internal init; }

    /// <summary>The lowest score of the values that were asked for; null where there is none.</summary>
    public double? Score { get; internal init; }

    /// <summary>Where the document with the same content lies that was sent in its place; null when this one was sent.</summary>
    public string? DuplicateOf { get; internal init; }

    /// <summary>The id of the error that made it what it is; null when there is none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>Why it is where it is; null for what is done.</summary>
    public string? Reason { get; internal init; }

    /// <summary>What to do about it; null when there is nothing to do.</summary>
    public string? Advice { get; internal init; }

    /// <summary>Whether it lies in the inbox for a later run.</summary>
    internal bool IsLeft => State is not (
        InboxState.Done or InboxState.Review or InboxState.Failed or InboxState.Gone or InboxState.Ignored);

    /// <summary>Its path and its state.</summary>
    /// <returns>For example <c>invoice.pdf: Done</c>.</returns>
    public override string ToString() => $"{Input}: {State}";
}
