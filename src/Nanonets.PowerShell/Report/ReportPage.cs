using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Json;
using Nanonets.Rows;

namespace Nanonets.Report;

/// <summary>What the report keeps of a page: the page without its JSON, and its values with what a person has changed.</summary>
/// <param name="Page">The page without its JSON.</param>
/// <param name="IsCorrected">Whether a person has corrected values, approved or not.</param>
internal sealed record ReportPage(PageResult Page, ReportValue[] Fields, ReportTable[] Tables, bool IsCorrected)
{
    /// <summary>Fields and cells.</summary>
    public IEnumerable<ReportValue> Values => Fields.Concat(Tables.SelectMany(static table => table.Cells));

    /// <summary>Whether a place on the picture is known of any value.</summary>
    public bool HasBoxes => Values.Any(static value => value.HasPlace);

    public string? Failure => Page.State == PageState.Failure
        ? string.IsNullOrWhiteSpace(Page.Message) || Page.Message!.StartsWith("fail", StringComparison.OrdinalIgnoreCase)
            ? "The service could not read this page."
            : $"The service could not read this page: {Http.PlainText.Flatten(Page.Message)}"
        : null;

    public static ReportPage Of(PageResult page)
    {
        PageResult kept = page.Copy();
        PageCorrections? corrections = PageCorrections.Of(kept);
        kept.SetRaw(null, null);

        // What a person has corrected is shown before it is approved, too: that is what there is to approve.
        Prediction[] values = corrections?.Corrected ?? kept.Prediction;
        var fields = new List<ReportValue>();
        var tables = new List<ReportTable>();
        foreach (Prediction value in values)
        {
            Prediction? predicted = corrections is null ? null : Same(value, corrections.Predicted);
            if (value.Type == PredictionType.Table && value.Cells.Length > 0)
                tables.Add(ReportTable.Of(value, predicted));
            else
                fields.Add(ReportValue.Of(value, predicted, corrections is not null));
        }

        if (fields.Count > 1 && values.All(static value => value is { Type: PredictionType.Field, Text: null, Score: not null }))
            fields = [.. fields.OrderByDescending(static value => value.Score)
                .Select(static (value, i) => value with { IsUnlikelyClass = i > 0 })];
        fields.AddRange((corrections?.Predicted ?? [])
            .Where(predicted => predicted.Type == PredictionType.Field && Same(predicted, values) is null).Select(ReportValue.TakenOut));
        return new ReportPage(kept, [.. fields], [.. tables], corrections is not null);
    }

    /// <summary>Bytes that it takes in memory, about; its values stand beside those of the page.</summary>
    public static long SizeOf(ReportPage page) => 2 * ValueSize.Of(page.Page.Prediction);

    private static Prediction? Same(Prediction value, Prediction[] others) =>
        value.Id is { Length: > 0 } id ? Array.Find(others, other => other.Id == id) : null;
}
