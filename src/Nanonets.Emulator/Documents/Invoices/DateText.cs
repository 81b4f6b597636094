using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Recognises a full date: figures in any usual order, or a month's name in English, German or French.</summary>
internal static partial class DateText
{
    private static readonly HashSet<string> s_months = new(
        """
        jan january januar janvier janv feb february februar fevrier fevr mar march marz maerz mars apr april avril avr may mai
        jun june juni juin jul july juli juillet juil aug august aout sep sept september septembre oct october okt oktober octobre
        nov november novembre dec december dez dezember decembre
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <returns>Whether the whole text is a date.</returns>
    public static bool IsDate(string text)
    {
        if (Figures().Match(text) is { Success: true } figures)
            return IsDayAndMonth(Number(figures, "a"), Number(figures, "b"));
        var named = DayFirst().Match(text) is { Success: true } dayFirst ? dayFirst : MonthFirst().Match(text);
        return named.Success && Number(named, "day") is >= 1 and <= 31 && s_months.Contains(Plain.Word(named.Groups["month"].Value));
    }

    private static bool IsDayAndMonth(int a, int b) => Math.Min(a, b) is >= 1 and <= 12 && Math.Max(a, b) <= 31;

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?:(?:19|20|21)[0-9]{2}(?<s>[-/.])(?<a>[0-9]{1,2})\k<s>(?<b>[0-9]{1,2})|" +
        @"(?<a>[0-9]{1,2})(?<s>[-/.])(?<b>[0-9]{1,2})\k<s>(?:(?:19|20|21)[0-9]{2}|[0-9]{2}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(
        @"^(?<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.)?[ -]?(?<month>\p{L}{3,10})\.?,?[ -]?(?:19|20|21)[0-9]{2}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        @"^(?<month>\p{L}{3,10})\.? ?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?:19|20|21)[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirst();
}
