using System;
using System.Globalization;
using System.Linq;

namespace Nanonets.Rows;

/// <summary>
/// Reads numbers strictly: groups must have the culture's sizes (the framework takes <c>1.5</c> for fifteen where the point divides
/// thousands); the culture's own currency may stand before or behind. Numbers with leading zeros or more than 15 digits are names of
/// things, not amounts.
/// </summary>
internal sealed class CultureNumber
{
    private const int MostDigits = 15;

    private readonly NumberFormatInfo _format;
    private readonly string[] _currencies;

    public CultureNumber(CultureInfo culture)
    {
        _format = culture.NumberFormat;
        _currencies = [.. new[] { _format.CurrencySymbol, CurrencyCode(culture) }.Where(
            static text => !string.IsNullOrEmpty(text) && text != "¤").Select(static text => text!)];
    }

    public decimal? Read(string text)
    {
        bool negative = false;
        bool signed = false;
        bool priced = false;
        string rest = Plain(text).Trim();
        while (true)
        {
            if (!signed && Sign(ref rest, out negative))
                signed = true;
            else if (!priced && Currency(ref rest))
                priced = true;
            else
                break;
        }

        decimal? number = Digits(rest, _format.NumberGroupSeparator, _format.NumberDecimalSeparator, _format.NumberGroupSizes)
            ?? Digits(rest, _format.CurrencyGroupSeparator, _format.CurrencyDecimalSeparator, _format.CurrencyGroupSizes);
        return negative ? -number : number;
    }

    private static bool Sign(ref string text, out bool negative)
    {
        negative = text.Length > 1 && (text[0] == '-' || text[text.Length - 1] == '-');
        if (!negative && !(text.Length > 1 && text[0] == '+'))
            return false;

        text = (text[0] is '-' or '+' ? text.Substring(1) : text.Substring(0, text.Length - 1)).Trim();
        return true;
    }

    private bool Currency(ref string text)
    {
        foreach (string currency in _currencies)
        {
            if (text.StartsWith(currency, StringComparison.OrdinalIgnoreCase))
                text = text.Substring(currency.Length).TrimStart();
            else if (text.EndsWith(currency, StringComparison.OrdinalIgnoreCase))
                text = text.Substring(0, text.Length - currency.Length).TrimEnd();
            else
                continue;
            return true;
        }

        return false;
    }

    private static decimal? Digits(string text, string groupSeparator, string decimalSeparator, int[] groupSizes)
    {
        int point = text.IndexOf(Plain(decimalSeparator), StringComparison.Ordinal);
        string whole = point < 0 ? text : text.Substring(0, point);
        string? fraction = point < 0 ? null : text.Substring(point + decimalSeparator.Length);
        string[] groups = groupSeparator.Length == 0 ? [whole] : whole.Split([Plain(groupSeparator)], StringSplitOptions.None);
        string digits = string.Concat(groups);
        bool valid = (groups.Length == 1 || HaveSizes(groups, groupSizes))
            && (fraction is null ? digits.Length > 0 : fraction.Length > 0)
            && !(digits.Length > 1 && digits[0] == '0')
            && digits.Length + (fraction?.Length ?? 0) <= MostDigits
            && (digits + fraction).All(static character => character is >= '0' and <= '9');
        return valid ? decimal.Parse(
            fraction is null ? digits : $"{digits}.{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Whether the groups have their sizes, counted from the right; the first may be shorter.</summary>
    private static bool HaveSizes(string[] groups, int[] sizes)
    {
        for (int i = groups.Length - 1, fromRight = 0; i >= 0; i--, fromRight++)
        {
            int size = sizes.Length == 0 ? 0 : sizes[Math.Min(fromRight, sizes.Length - 1)];
            bool fits = i > 0 ? groups[i].Length == size : groups[i].Length > 0 && (size == 0 || groups[i].Length <= size);
            if (!fits)
                return false;
        }

        return true;
    }

    private static string? CurrencyCode(CultureInfo culture)
    {
        try
        {
            return culture.Equals(CultureInfo.InvariantCulture)
                ? null
                : new RegionInfo(CultureInfo.CreateSpecificCulture(culture.Name).Name).ISOCurrencySymbol;
        }
        catch (ArgumentException)
        {
            // A culture of somebody's own making has no region.
            return null;
        }
    }

    /// <summary>One form of the characters that look alike: spaces, apostrophes, minus signs.</summary>
    private static string Plain(string text) =>
        text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('\u2009', ' ').Replace('\u2019', '\'').Replace('\u2212', '-');
}
