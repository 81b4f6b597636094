using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>The fields of a document, each label once, in reading order.</summary>
internal static class DocumentFields
{
    /// <summary>Name of a field that has no label.</summary>
    private const string NoLabel = "Unlabelled";

    public static List<KeyValuePair<string, string?>> Of(DocumentPages<Prediction[]> document, RepeatedLabel repeated) =>
        [.. document.Pages.SelectMany(static page => page)
            .Where(static value => value.Type == PredictionType.Field)
            .GroupBy(NameOf, StringComparer.OrdinalIgnoreCase)
            .Select(group => new KeyValuePair<string, string?>(group.Key, Choose([.. group], repeated)))];

    /// <summary>The name of a field's column.</summary>
    public static string NameOf(Prediction value) => string.IsNullOrWhiteSpace(value.Label) ? NoLabel : value.Label;

    private static string? Choose(Prediction[] values, RepeatedLabel repeated) => repeated switch
    {
        RepeatedLabel.First => values[0].Text,
        RepeatedLabel.All when values.Length > 1 =>
            string.Join("; ", values.Select(static value => value.Text).Where(static text => text is not null)),
        _ => values.Aggregate(static (best, value) => (value.Score ?? 0) > (best.Score ?? 0) ? value : best).Text,
    };
}
