using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Sending.Admission;

namespace Nanonets.Journaling;

/// <summary>
/// A page window as text: a line of what it has learned, then a line for each upload under way, each portion of spent pages, and each run
/// that waits. It holds some hundred lines at most, and is always read and written whole.
/// </summary>
internal static class PageWindowText
{
    public static string Write(PageWindow window)
    {
        var text = new StringBuilder();
        PageLimit limit = window.Limit;
        Line(
            text, "w", limit.Learned, Ticks(limit.LearnedAt), limit.Raises, Ticks(limit.BlockedUntil), limit.Refusals,
            limit.RefusedSince is { } since ? Ticks(since) : 0L);
        foreach (PageReservation open in window.Open)
            Line(text, "o", open.Owner, open.Number, open.Pages, Ticks(open.Began));
        foreach (SpentPages spent in window.Spent)
            Line(text, "s", Ticks(spent.Since), Ticks(spent.At), spent.Pages, spent.Largest, spent.WasAccepted ? 1 : 0);
        foreach (Place place in window.Places)
            Line(text, "p", place.Owner, Ticks(place.AskedAt), place.Pages);
        return text.ToString();
    }

    /// <param name="text">What <see cref="Write"/> wrote; null for an empty window.</param>
    /// <param name="isAlive">Whether a run lives.</param>
    public static PageWindow Read(string? text, Func<string, bool> isAlive)
    {
        var window = new PageWindow { IsAlive = isAlive };
        string[][] lines =
            [.. (text ?? string.Empty).Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' '))];
        foreach (string[] line in lines.Where(static line => line[0] == "w"))
        {
            PageLimit limit = window.Limit;
            limit.Learned = line[1].Length == 0 ? null : double.Parse(line[1], CultureInfo.InvariantCulture);
            (limit.LearnedAt, limit.Raises) = (Time(line[2]), (int)Number(line[3]));
            (limit.BlockedUntil, limit.Refusals) = (Time(line[4]), (int)Number(line[5]));
            limit.RefusedSince = Number(line[6]) == 0 ? null : Time(line[6]);
        }

        window.Restore(
            Of("o").Select(static line => new PageReservation(line[1], Number(line[2]), (int)Number(line[3]), Time(line[4]))),
            Of("s").Select(
                static line => new SpentPages(Time(line[1]), Time(line[2]), (int)Number(line[3]), (int)Number(line[4]), line[5] == "1")),
            Of("p").Select(static line => new Place(line[1], Time(line[2]), line.Length > 3 ? (int)Number(line[3]) : 1)));
        return window;

        IEnumerable<string[]> Of(string kind) => lines.Where(line => line[0] == kind);
    }

    private static void Line(StringBuilder text, string kind, params object?[] fields)
    {
        text.Append(kind);
        foreach (object? field in fields)
            text.Append(' ').Append(Convert.ToString(field, CultureInfo.InvariantCulture));
        text.Append('\n');
    }

    private static long Ticks(DateTimeOffset time) => time.UtcTicks;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string ticks) => new(Number(ticks), TimeSpan.Zero);
}
