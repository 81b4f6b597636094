namespace Nanonets;

/// <summary>What a flat row stands for.</summary>
public enum RowKind
{
    /// <summary>A document: a column for each field.</summary>
    Fields,

    /// <summary>A line of a document's tables.</summary>
    Table,
}

/// <summary>What becomes of a label that a document has more than once.</summary>
public enum RepeatedLabel
{
    /// <summary>The value with the highest score; of equal scores the first.</summary>
    Best,

    /// <summary>The first in reading order.</summary>
    First,

    /// <summary>All of them in reading order, with a semicolon and a space between.</summary>
    All,
}
