using System.Collections.Generic;

namespace Nanonets.Rows;

/// <summary>A flat row: its columns in order.</summary>
internal sealed record Row(RowKind Kind, IReadOnlyList<RowColumn> Columns);

/// <summary>A column of a row.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="Text">The text that the value was made from; null for a column that was not read from the document.</param>
internal readonly record struct RowColumn(string Key, object? Value, string? Text = null);
