using System;
using System.Globalization;
using Nanonets.Rows;

namespace Nanonets.Client.Tests.Rows;

public class CultureReaderTests
{
    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("1,234", "1234")]
    [InlineData("1,234,567.80", "1234567.80")]
    [InlineData("0.5", "0.5")]
    [InlineData(".5", "0.5")]
    [InlineData(" 12.50 ", "12.50")]
    [InlineData("-12", "-12")]
    [InlineData("12-", "-12")]
    [InlineData("−12", "-12")]
    [InlineData("+12", "12")]
    [InlineData("$79.65", "79.65")]
    [InlineData("$ 79.65", "79.65")]
    [InlineData("-$ 79.65", "-79.65")]
    [InlineData("79.65 USD", "79.65")]
    [InlineData("USD 79.65", "79.65")]
    [InlineData("$79.65-", "-79.65")]
    public void American_numbers_are_read(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Read("en-US", text));

    [Theory]
    [InlineData("1,23")]
    [InlineData("12,34,567")]
    [InlineData("1,234,56.7")]
    [InlineData(",234")]
    [InlineData("1.234.567")]
    [InlineData("1.2.3")]
    [InlineData("12.")]
    [InlineData("007")]
    [InlineData("00.5")]
    [InlineData("1234567890123456")]
    [InlineData("79.65 EUR")]
    [InlineData("€ 79.65")]
    [InlineData("(12)")]
    [InlineData("12%")]
    [InlineData("1e5")]
    [InlineData("--5")]
    [InlineData("-")]
    [InlineData("$")]
    [InlineData("NW-2025-0417")]
    [InlineData("１２")]
    [InlineData("12 34")]
    public void What_is_no_clear_number_stays_text(string text) => Assert.Equal(text, Read("en-US", text));

    [Theory]
    [InlineData("de-DE", "1.234,56", "1234.56")]
    [InlineData("de-DE", "1.234", "1234")]
    [InlineData("de-DE", "1234,5 €", "1234.5")]
    [InlineData("de-CH", "1'234.50", "1234.50")]
    [InlineData("de-CH", "1’234.50", "1234.50")]
    [InlineData("fr-FR", "1 234,56", "1234.56")]
    [InlineData("fr-FR", "1\u202F234,56 €", "1234.56")]
    [InlineData("fr-FR", "1\u00A0234,56", "1234.56")]
    [InlineData("en-IN", "12,34,567.00", "1234567.00")]
    public void Each_culture_has_its_own_numbers(string culture, string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Read(culture, text));

    [Theory]
    [InlineData("de-DE", "1.5")]
    [InlineData("de-DE", "12.50")]
    [InlineData("de-DE", "1,234.56")]
    [InlineData("en-IN", "1,234,567.00")]
    [InlineData("fr-FR", "1.234,56")]
    public void A_number_of_another_culture_is_never_taken_for_something_else(string culture, string text) =>
        Assert.Equal(text, Read(culture, text));

    [Theory]
    [InlineData("en-US", "03/04/2025", "2025-03-04")]
    [InlineData("en-US", "3/4/2025", "2025-03-04")]
    [InlineData("en-US", "March 17, 2025", "2025-03-17")]
    [InlineData("en-US", "17 March 2025", "2025-03-17")]
    [InlineData("en-US", "17 Mar\n2025", "2025-03-17")]
    [InlineData("en-GB", "03/04/2025", "2025-04-03")]
    [InlineData("en-GB", "17-Mar-2025", "2025-03-17")]
    [InlineData("de-DE", "3.4.2025", "2025-04-03")]
    [InlineData("de-DE", "17. März 2025", "2025-03-17")]
    [InlineData("fr-FR", "17 mars 2025", "2025-03-17")]
    [InlineData("de-DE", "2025-03-17", "2025-03-17")]
    public void Dates_are_read_as_the_culture_writes_them(string culture, string text, string expected) =>
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), Read(culture, text));

    [Theory]
    [InlineData("en-US", "17/03/2025")]
    [InlineData("en-US", "03.04.2025")]
    [InlineData("en-US", "03/04/25")]
    [InlineData("de-DE", "03.04.25")]
    [InlineData("de-DE", "03/04/2025")]
    [InlineData("en-US", "17 März 2025")]
    [InlineData("en-US", "March 2025")]
    [InlineData("en-US", "13 March")]
    [InlineData("en-US", "2025-02-30")]
    [InlineData("en-US", "2025-3-4 and more")]
    public void What_is_no_clear_date_stays_text(string culture, string text) => Assert.Equal(text, Read(culture, text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Nothing_stays_nothing(string? text) => Assert.Equal(text, Read("en-US", text));

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ckb-IR")]
    [InlineData("ps-AF")]
    [InlineData("ar-SA")]
    [InlineData("he-IL")]
    [InlineData("ja-JP")]
    [InlineData("de-DE")]
    [InlineData("en-US")]
    [InlineData("")]
    public void An_ISO_date_is_Gregorian_in_every_culture(string culture) =>
        Assert.Equal(new DateTime(2025, 3, 17), Read(culture, "2025-03-17"));

    [Theory]
    [InlineData("th-TH", "17/3/2568")]
    [InlineData("fa-IR", "1403/12/27")]
    public void A_date_of_the_cultures_own_calendar_is_read(string culture, string text) =>
        Assert.Equal(new DateTime(2025, 3, 17), Read(culture, text));

    [Theory]
    [InlineData("th-TH", "17/3/2025")]
    [InlineData("th-TH", "17 มีนาคม 2025")]
    [InlineData("fa-IR", "2025/3/17")]
    [InlineData("ps-AF", "2025/3/17")]
    public void A_date_far_from_now_in_the_cultures_own_calendar_stays_text(string culture, string text) =>
        Assert.Equal(text, Read(culture, text));

    private static object? Read(string culture, string? text) => new CultureReader(CultureInfo.GetCultureInfo(culture)).Read(text);
}
