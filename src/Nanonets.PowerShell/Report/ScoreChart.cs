using System;
using System.Globalization;
using System.Linq;

namespace Nanonets.Report;

/// <summary>How many values have which score, as a small chart of ten bars.</summary>
internal sealed class ScoreChart(double minimumScore)
{
    private const int Bars = 10;
    private const int BarWidth = 32;
    private const int Highest = 96;
    private const int Top = 16;

    private readonly int[] _counts = new int[Bars];
    private int _low;

    /// <summary>Whether there is no score: no values, or of models that give none.</summary>
    public bool IsEmpty => _counts.All(static count => count == 0);

    public void Add(double score)
    {
        // A score of 0.8 belongs to the bar that begins there, whatever ten times it is in binary.
        _counts[Math.Max(0, Math.Min(Bars - 1, (int)Math.Floor((score * Bars) + 1e-9)))]++;
        if (score < minimumScore)
            _low++;
    }

    public void Write(HtmlWriter html)
    {
        html.Open("section", ("class", "chart")).Element("h2", "Scores");
        if (IsEmpty)
        {
            html.Element("p", "No value has a score.", ("class", "note")).Close("section");
            return;
        }

        string text = Invariant($"{_counts.Sum():N0} values, {_low:N0} of them below {minimumScore:0.00}");
        string bars = string.Join(", ", _counts.Select(static (count, i) => Invariant($"from {i / 10.0:0.0}: {count}")));
        html.Open("svg", ("viewBox", Invariant($"0 0 {Bars * BarWidth} {Top + Highest + 20}")), ("role", "img"),
            ("aria-label", $"{text}. Number of values by score {bars}."));
        for (int i = 0; i < Bars; i++)
            WriteBar(html, i);
        for (int i = 0; i <= Bars; i += Bars / 2)
            html.Element("text", Invariant($"{i / 10.0:0.0}"), ("class", i == 0 ? "start" : i == Bars ? "end" : null),
                ("x", Invariant($"{i * BarWidth}")), ("y", Invariant($"{Top + Highest + 14}")));
        html.Open("path", ("class", "axis"), ("d", Invariant($"M0 {Top + Highest + 0.5}H{Bars * BarWidth}"))).Close("path");
        html.Close("svg").Element("p", text + ".", ("class", "note")).Close("section").Line();
    }

    private void WriteBar(HtmlWriter html, int i)
    {
        int left = i * BarWidth;
        int count = _counts[i];
        if (count > 0)
        {
            double height = Math.Max(2, Highest * (double)count / _counts.Max());
            html.Open("rect", ("class", (i + 1) / 10.0 <= minimumScore + 1e-9 ? "low" : "bar"), ("x", Invariant($"{left + 3}")),
                ("y", Invariant($"{Top + Highest - height:0.#}")), ("width", Invariant($"{BarWidth - 6}")),
                ("height", Invariant($"{height:0.#}")), ("rx", "2")).Close("rect");
            html.Element("text", Invariant($"{count:N0}"), ("class", "count"), ("x", Invariant($"{left + (BarWidth / 2)}")),
                ("y", Invariant($"{Top + Highest - height - 4:0.#}")));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
