using System.Collections.Generic;

namespace Nanonets.Rows;

/// <summary>A flat row: columns in order, each name once.</summary>
internal sealed record Row(RowKind Kind, IReadOnlyList<KeyValuePair<string, object?>> Columns);
