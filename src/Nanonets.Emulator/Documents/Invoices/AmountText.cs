using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>An amount of money or a plain number, with comma or point as decimal separator.</summary>
/// <param name="Value">The number.</param>
/// <param name="HasDecimals">Whether decimals are written.</param>
/// <param name="Currency">The currency sign or code as written, or empty.</param>
internal sealed partial record AmountText(decimal Value, bool HasDecimals, string Currency)
{
    private const string Money =
        @"(?:US\$|C\$|A\$|[$€£¥₹]|"
        + @"(?:EUR|USD|GBP|CHF|NOK|SEK|DKK|ISK|CAD|AUD|NZD|JPY|CNY|INR|PLN|CZK|HUF|BRL|MXN|ZAR|SGD|HKD)\b|kr\.?(?!\w))";

    /// <summary>Whether a number is written the way money is, and not like a count, a year or a page number.</summary>
    public bool LooksLikeMoney => HasDecimals || Currency.Length > 0;

    /// <returns>The amount if the whole text is one, else null.</returns>
    public static AmountText? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || (match.Groups["before"].Success && match.Groups["after"].Success))
            return null;
        var number = match.Groups["number"].Value;
        var point = DecimalPoint(number);
        var digits = new string(Array.FindAll(number.ToCharArray(), char.IsAsciiDigit));
        if (!decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return null;
        var decimals = point < 0 ? 0 : number.Length - point - 1;
        for (var i = 0; i < decimals; i++)
            value /= 10;
        var negative = match.Groups["minus"].Success || text.StartsWith('(');
        return new AmountText(negative ? -value : value, decimals > 0, match.Groups["before"].Value + match.Groups["after"].Value);
    }

    public static bool IsCurrency(string text) => CurrencyPattern().IsMatch(text);

    /// <summary>
    /// The last separator is the decimal one, unless it parts three digits: 1.234 and 1,234 are taken as thousands.
    /// </summary>
    private static int DecimalPoint(string number)
    {
        var last = number.LastIndexOfAny(['.', ',']);
        if (last < 0)
            return -1;
        var isRepeated = number.IndexOf(number[last], StringComparison.Ordinal) != last;
        return number.Length - last - 1 == 3 || isRepeated ? -1 : last;
    }

    // Thousands are parted by point, comma, apostrophe or a kind of space; amounts in brackets are negative.
    [GeneratedRegex(
        @"^(?:\(\s?)?(?<minus>[-\u2212\u2013]\s?)?(?<before>" + Money + @")?\s?(?<minus>[-\u2212\u2013])?" +
        @"(?<number>\d{1,3}(?:(?<separator>[.,'\u2019 \u00A0\u202F])\d{3})(?:\k<separator>\d{3})*(?:[.,]\d{2})?|\d{1,12}(?:[.,]\d{1,4})?)" +
        @"\s?(?<after>" + Money + @")?\s?\)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex("^" + Money + "$", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyPattern();
}
