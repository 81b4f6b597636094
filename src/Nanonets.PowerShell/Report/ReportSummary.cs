using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Report;

/// <summary>What stands on top: how much there is, how sure the model was, and what a person should look at first.</summary>
internal sealed class ReportSummary(double minimumScore)
{
    /// <summary>Documents that are named; the filter finds all.</summary>
    private const int MostNamed = 12;

    /// <summary>Labels that can be chosen: a model has a few dozen.</summary>
    private const int MostLabels = 1000;

    private readonly Dictionary<ReportState, int> _states = [];
    private readonly List<(int Number, string Name, string Reason, (int, double) Urgency)> _first = [];
    private readonly SortedSet<string> _labels = new(StringComparer.OrdinalIgnoreCase);
    private readonly ScoreChart _chart = new(minimumScore);
    private int _documents;
    private int _pages;
    private int _needing;

    public void Add(ReportDocument document)
    {
        _documents++;
        _pages += document.Pages.Length;
        _states[document.State] = CountOf(document.State) + 1;
        foreach (ReportValue value in document.Values)
        {
            if (document.ScoreOf(value) is { } score)
                _chart.Add(score);
            if (_labels.Count < MostLabels)
                _labels.Add(value.ShownLabel);
        }

        if (document.Reasons.Length == 0)
            return;
        _needing++;
        _first.Add((document.Number, document.Name, document.Reasons[0], document.Urgency));
        _first.Sort(static (one, other) => one.Urgency.CompareTo(other.Urgency));
        if (_first.Count > MostNamed)
            _first.RemoveAt(MostNamed);
    }

    public void Write(HtmlWriter html, DateTimeOffset now)
    {
        html.Open("p", ("class", "made")).Text("Made by Nanonets for PowerShell, ");
        DocumentSection.WriteTime(html, now).Close("p").Line();
        html.Open("dl", ("class", "numbers"));
        Number(_documents, "documents", null);
        Number(_pages, "pages", null);
        Number(_needing, "for a person", _needing > 0 ? "person" : null);
        foreach (ReportState state in (ReportState[])[ReportState.Failed, ReportState.Pending, ReportState.Approved])
        {
            if (CountOf(state) > 0)
                Number(CountOf(state), DocumentSection.WordOf(state), DocumentSection.WordOf(state));
        }

        html.Close("dl").Line();
        html.Open("div", ("class", "overview"));
        WriteFirst(html);
        _chart.Write(html);
        html.Close("div").Line();

        void Number(int number, string what, string? name) => html.Open("div", ("class", name))
            .Element("dt", number == 1 ? what.TrimEnd('s') : what)
            .Element("dd", number.ToString("N0", CultureInfo.InvariantCulture)).Close("div");
    }

    public void WriteLabels(HtmlWriter html)
    {
        foreach (string label in _labels)
            html.Element("option", label, ("value", label));
    }

    private void WriteFirst(HtmlWriter html)
    {
        html.Open("section", ("class", "first")).Element("h2", "For a person first");
        if (_first.Count == 0)
            html.Element("p", _documents == 0 ? "There are no documents."
                : _chart.IsEmpty ? "Nothing. No value has a score." : "Nothing: all values have good scores.", ("class", "note"));
        else
            html.Open("ol");
        foreach ((int number, string name, string reason, _) in _first)
        {
            html.Open("li").Open("a", ("href", $"#d{number.ToString(CultureInfo.InvariantCulture)}"))
                .Element("bdi", name).Close("a").Text(" ").Element("span", reason, ("dir", "auto")).Close("li").Line();
        }

        if (_first.Count > 0)
            html.Close("ol");
        if (_needing > _first.Count)
            html.Element("p", $"and {_needing - _first.Count} more: choose the state “Needs a person” below.", ("class", "note"));
        html.Close("section").Line();
    }

    private int CountOf(ReportState state) => _states.TryGetValue(state, out int count) ? count : 0;
}
