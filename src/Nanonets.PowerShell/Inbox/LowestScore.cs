using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Rows;

namespace Nanonets.Inbox;

/// <summary>The value that the model was least sure of, among those that stand in the rows.</summary>
internal sealed record LowestScore(string Label, double Score)
{
    /// <returns>Null when nothing with a score was found for the labels.</returns>
    public static LowestScore? Of(IEnumerable<PageResult> pages, RowKind kind, IReadOnlyList<RowLabel> labels)
    {
        bool IsAskedFor(string label) => IsOneOf(labels, label);
        Prediction[] values = [.. pages.SelectMany(static page => page.Prediction)];

        // Instant-learning models give 0 throughout (recorded): that is no score.
        if (!values.Any(static value => value.Score > 0 || value.Cells.Any(static cell => cell.Score > 0)))
            return null;

        // Of a label that is there several times the rows have the best.
        IEnumerable<LowestScore> fields = values
            .Where(value => value is { Type: PredictionType.Field, Score: not null } && IsAskedFor(DocumentFields.NameOf(value)))
            .GroupBy(DocumentFields.NameOf, StringComparer.OrdinalIgnoreCase)
            .Select(static same => new LowestScore(same.Key, same.Max(static value => value.Score!.Value)));
        IEnumerable<LowestScore> cells = kind == RowKind.Fields ? [] : values.SelectMany(static value => value.Cells)
            .Where(cell => cell is { Score: not null, Label: { } label } && IsAskedFor(label))
            .Select(static cell => new LowestScore(cell.Label!, cell.Score!.Value));
        return fields.Concat(cells).OrderBy(static value => value.Score).FirstOrDefault();
    }

    /// <summary>Whether anything was found for the labels, with a score or without.</summary>
    public static bool HasAny(IEnumerable<PageResult> pages, RowKind kind, IReadOnlyList<RowLabel> labels) =>
        pages.SelectMany(static page => page.Prediction).Any(value =>
            (value.Type == PredictionType.Field && IsOneOf(labels, DocumentFields.NameOf(value)))
            || (kind == RowKind.Table && value.Cells.Any(cell => cell.Label is { } label && IsOneOf(labels, label))));

    private static bool IsOneOf(IReadOnlyList<RowLabel> labels, string label) =>
        labels.Any(asked => string.Equals(asked.Label, label, StringComparison.OrdinalIgnoreCase));
}
