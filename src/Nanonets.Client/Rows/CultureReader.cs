using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nanonets.Rows;

/// <summary>
/// Turns text into numbers and dates as a culture writes them, and leaves alone whatever could mean something else: a wrong amount is worse
/// than text.
/// </summary>
internal sealed class CultureReader
{
    private static readonly Regex s_space = new(@"\s+", RegexOptions.CultureInvariant);
    private static readonly Regex s_year = new(@"(?<![0-9])[0-9]{4}(?![0-9])", RegexOptions.CultureInvariant);

    private readonly CultureInfo _culture;
    private readonly CultureNumber _number;
    private readonly string[] _dateFormats;

    public CultureReader(CultureInfo culture)
    {
        _culture = culture;
        _number = new CultureNumber(culture);
        _dateFormats = DateFormats(culture.DateTimeFormat);
    }

    /// <returns>A decimal, a date, or the text as it was.</returns>
    public object? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return text;

        string line = s_space.Replace(text!.Trim(), " ");
        if (_number.Read(line) is { } number)
            return number;

        // The same in every culture, whatever its calendar is.
        if (DateTime.TryParseExact(line, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime iso))
            return iso;

        // Two digits do not say which century.
        return s_year.IsMatch(line) && DateTime.TryParseExact(line, _dateFormats, _culture, DateTimeStyles.None, out DateTime date)
            && IsLikely(date) ? date : text;
    }

    /// <summary>
    /// Where the culture has a calendar of its own, a year of the common one would be read as one of its own, centuries away.
    /// </summary>
    private bool IsLikely(DateTime date) => _culture.Calendar is GregorianCalendar || date.Year is >= 1900 and < 2100;

    /// <summary>Digits in the culture's order with its own separator, and forms with the month's name.</summary>
    private static string[] DateFormats(DateTimeFormatInfo info)
    {
        string digits = Regex.Replace(info.ShortDatePattern, "d+", "d");
        digits = Regex.Replace(Regex.Replace(digits, "M+", "M"), "y+", "yyyy").Replace('\u00A0', ' ').Replace('\u202F', ' ');
        bool isNumeric = Regex.IsMatch(digits, "^[dMyg./' -]+$", RegexOptions.CultureInvariant);
        string[] named = ["d MMMM yyyy", "d. MMMM yyyy", "d MMM yyyy", "d. MMM yyyy", "d-MMM-yyyy", "MMMM d, yyyy", "MMM d, yyyy",
            "MMMM d yyyy", "MMM d yyyy"];
        return [.. named, .. isNumeric ? [digits] : Array.Empty<string>()];
    }
}
