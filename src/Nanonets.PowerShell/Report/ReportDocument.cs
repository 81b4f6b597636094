using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nanonets.Http;
using Nanonets.Rows;

namespace Nanonets.Report;

/// <summary>Where a document stands, as the report tells it.</summary>
internal enum ReportState
{
    Failed,
    Pending,
    Read,
    Approved,
}

/// <summary>A document of the report: its pages, and what a person should know of it first.</summary>
internal sealed class ReportDocument
{
    private readonly double _minimumScore;
    private readonly bool _isScored;

    /// <param name="number">Its place in the report, from 1.</param>
    /// <param name="minimumScore">What is below needs a person.</param>
    public ReportDocument(int number, DocumentPages<ReportPage> pages, double minimumScore)
    {
        (Number, _minimumScore) = (number, minimumScore);
        Pages = [.. pages.Pages];
        ReportPage first = Pages[0];
        First = first.Page;
        Name = PlainText.Flatten(First.Input ?? First.SourcePath ?? First.RequestFileId ?? string.Empty) is { Length: > 0 } name
            ? name
            : "(no name)";

        // Instant-learning models give 0 throughout (recorded): that is no score.
        _isScored = Pages.Any(static page => page.Values.Any(static value => value.Score > 0));
        Lowest = Values.Where(static value => !value.IsUnlikelyClass).Select(ScoreOf).Min();
        State = Pages.Any(static page => page.Page.State == PageState.Failure) ? ReportState.Failed
            : Pages.Any(static page => page.Page.State == PageState.Pending) ? ReportState.Pending
            : First.IsModerated == true ? ReportState.Approved : ReportState.Read;
        Reasons = [.. FindReasons()];
    }

    public int Number { get; }

    public ReportPage[] Pages { get; }

    /// <summary>What holds for the whole file, such as who approved it.</summary>
    public PageResult First { get; }

    public string Name { get; }

    public ReportState State { get; }

    public double? Lowest { get; }

    /// <summary>Why a person should look at it; none when nobody need.</summary>
    public string[] Reasons { get; }

    public IEnumerable<ReportValue> Values => Pages.SelectMany(static page => page.Values);

    public int PageCount => Math.Max(Pages.Length, First.PageCount ?? 0);

    /// <summary>What comes first is most urgent: failures, then no values or rules that failed, then low scores.</summary>
    public (int Kind, double Score) Urgency =>
        (State == ReportState.Failed ? 0 : IsEmpty || Values.Any(static value => value.Problem is not null) ? 1 : 2, Lowest ?? 1);

    /// <summary>Whether it was read and nothing was found on it, and nobody has said that this is right.</summary>
    private bool IsEmpty => State == ReportState.Read && !Values.Any();

    /// <summary>The score of a value; null where the model gives none.</summary>
    public double? ScoreOf(ReportValue value) => _isScored ? value.Score : null;

    /// <summary>Whether a person should look at a value.</summary>
    public bool IsLow(ReportValue value) => ScoreOf(value) < _minimumScore && !value.IsUnlikelyClass;

    /// <summary>How a value is coloured: what needs a person, what is nearly as low, and the rest.</summary>
    public string? ClassOf(ReportValue value) => value.Problem is not null || IsLow(value) ? "low"
        : ScoreOf(value) is not { } score ? "none"
        : score < _minimumScore + ((1 - _minimumScore) / 2) ? "mid" : "high";

    private IEnumerable<string> FindReasons()
    {
        foreach (IGrouping<string, ReportPage> failed in Pages.Where(static page => page.Failure is not null)
            .GroupBy(static page => page.Failure!))
            yield return Pages.Length == 1 ? failed.Key : $"{PagesOf([.. failed])}: {failed.Key}";
        if (IsEmpty)
            yield return "Nothing was found.";
        foreach (ReportValue value in Values.Where(static value => value.Problem is not null).Take(3))
            yield return $"{PlainText.Flatten(value.ShownLabel)}: {value.Problem}";

        // Of an approved document a person has seen all values.
        ReportValue[] low = State == ReportState.Approved ? [] : [.. Values.Where(IsLow)];
        if (low.Length == 1)
            yield return Invariant($"{PlainText.Flatten(low[0].ShownLabel)} has score {ScoreOf(low[0]):0.00}");
        else if (low.Length > 1)
            yield return Invariant($"{low.Length} values have a score below {_minimumScore:0.00}, the lowest is {Lowest:0.00}");
    }

    private static string PagesOf(ReportPage[] pages) => (pages.Length == 1 ? "Page " : "Pages ") + string.Join(
        ", ", pages.Take(10).Select(static page => (page.Page.Page + 1).ToString(CultureInfo.InvariantCulture)))
            + (pages.Length > 10 ? ", …" : string.Empty);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
