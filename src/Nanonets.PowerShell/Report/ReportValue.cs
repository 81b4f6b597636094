using System;
using System.Globalization;
using Nanonets.Http;

namespace Nanonets.Report;

/// <summary>A value as the report shows it: a field, or a cell of a table.</summary>
internal sealed record ReportValue(string Label)
{
    /// <summary>What people are shown in place of a label that is empty.</summary>
    private const string NoLabel = "(no label)";

    private readonly double? _score;

    /// <summary>Null for a value that a person has taken out.</summary>
    public string? Text { get; init; }

    /// <summary>From 0 to 1; vendor samples also have percentages.</summary>
    public double? Score
    {
        get => _score;
        init => _score = value > 1 ? Math.Min(1, value.Value / 100) : value;
    }

    public BoundingBox? Box { get; init; }

    /// <summary>Whether a person has changed it.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>What the model had read in its place; null where it is the same or not known.</summary>
    public string? Before { get; init; }

    /// <summary>Whether it is a class of a picture that is less likely than another: its low score says nothing.</summary>
    public bool IsUnlikelyClass { get; init; }

    /// <summary>What the rule says that it failed; null when none did.</summary>
    public string? Problem { get; init; }

    public string ShownLabel => string.IsNullOrWhiteSpace(Label) ? NoLabel : Label;

    /// <summary>Whether there is something to draw.</summary>
    public bool HasPlace => Text is not null && Box is { } box && box.XMax > box.XMin && box.YMax > box.YMin;

    public string? ShownScore => Score?.ToString("0.00", CultureInfo.InvariantCulture);

    public static ReportValue Of(Prediction value, Prediction? predicted, bool isCorrected) => new(value.Label)
    {
        Text = value.Text ?? string.Empty,
        Score = value.Score,
        Box = HasPosition(value.Box) ? value.Box : predicted?.Box,
        Before = predicted is not null && predicted.Text != value.Text ? predicted.Text : null,
        IsCorrected = isCorrected && (predicted is null || predicted.Text != value.Text),
        Problem = Failed(value.ValidationStatus) ? PlainText.Flatten(value.ValidationMessage ?? "A validation rule failed.") : null,
    };

    public static ReportValue Of(TableCell cell, string column, TableCell? predicted) => new(column)
    {
        Text = cell.Text ?? string.Empty,
        Score = cell.Score,
        Box = HasPosition(cell.Box) ? cell.Box : predicted?.Box,
        Before = predicted is not null && predicted.Text != cell.Text ? predicted.Text : null,
        IsCorrected = predicted is not null && predicted.Text != cell.Text,
        Problem = string.IsNullOrWhiteSpace(cell.FailedValidation) ? null : PlainText.Flatten(cell.FailedValidation!),
    };

    public static ReportValue TakenOut(Prediction predicted) =>
        new(predicted.Label) { Before = predicted.Text, Box = predicted.Box, IsCorrected = true };

    /// <summary>All zero means that no position is known.</summary>
    private static bool HasPosition(BoundingBox? box) => box is not null && (box.XMax > box.XMin || box.YMax > box.YMin);

    private static bool Failed(string? status) => string.Equals(status, "failed", StringComparison.OrdinalIgnoreCase);
}
