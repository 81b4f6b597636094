using System;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Results;

namespace Nanonets.Display;

/// <summary>
/// The computed columns of the default views, as hidden members of the types file. Compiled, so that constrained language mode shows them
/// too, and taken from properties by name, so that what comes back from a job, a remote session or Import-Clixml looks as it did before.
/// Not for scripts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewColumns
{
    /// <summary>Longer than any column is wide: the view cuts it.</summary>
    private const int Longest = 120;

    /// <summary>The name of a document on one line.</summary>
    /// <param name="item">Anything with an Input.</param>
    /// <returns>Text for a table cell.</returns>
    public static string Input(PSObject item) => Line(item, "Input");

    /// <summary>A label on one line.</summary>
    /// <param name="item">Anything with a Label.</param>
    /// <returns>Text for a table cell.</returns>
    public static string Label(PSObject item) => Line(item, "Label");

    /// <summary>A text on one line.</summary>
    /// <param name="item">Anything with a Text.</param>
    /// <returns>Text for a table cell.</returns>
    public static string Text(PSObject item) => Line(item, "Text");

    /// <summary>The page as people count: <c>1/3</c>, or <c>1</c> where the number of pages is not known.</summary>
    /// <param name="item">Anything with a Page and a PageCount.</param>
    /// <returns>Text for a table cell.</returns>
    public static string Page(PSObject item)
    {
        int page = (item?.PartNumber("Page") ?? 0) + 1;
        return item?.PartNumber("PageCount") is { } count
            ? string.Format(CultureInfo.CurrentCulture, "{0}/{1}", page, count)
            : string.Format(CultureInfo.CurrentCulture, "{0}", page);
    }

    /// <summary>The first fields of a page.</summary>
    /// <param name="item">A page result.</param>
    /// <returns>Text for the last table column.</returns>
    public static string Fields(PSObject item) =>
        item is not null && ResultInput.PageOf(item) is { } page ? PageResultFormat.Fields(page) : string.Empty;

    /// <summary>The score of a value.</summary>
    /// <param name="item">Anything with a Score.</param>
    /// <returns>Two decimals, or nothing.</returns>
    public static string Score(PSObject item) =>
        item?.Part("Score") is { } score && LanguagePrimitives.TryConvertTo(score, out double number)
            ? number.ToString("0.00", CultureInfo.CurrentCulture)
            : string.Empty;

    /// <summary>How many words a page has.</summary>
    /// <param name="item">Anything with Words.</param>
    /// <returns>A number.</returns>
    public static int WordCount(PSObject item) => Parts.Of(item?.Part("Words")).Count();

    /// <summary>How many annotations a training document has.</summary>
    /// <param name="item">Anything with Annotations.</param>
    /// <returns>A number.</returns>
    public static int AnnotationCount(PSObject item) => Parts.Of(item?.Part("Annotations")).Count();

    /// <summary>What is annotated.</summary>
    /// <param name="item">Anything with Annotations.</param>
    /// <returns>Labels with commas between.</returns>
    public static string Annotated(PSObject item) => Labels(item, "Annotations");

    /// <summary>The categories of a model.</summary>
    /// <param name="item">Anything with Categories.</param>
    /// <returns>Labels with commas between.</returns>
    public static string CategoryLabels(PSObject item) => Labels(item, "Categories");

    /// <summary>When something changed, as it is here, to the minute.</summary>
    /// <param name="item">Anything with a ChangedAt.</param>
    /// <returns>For example <c>2025-03-17 13:00</c>.</returns>
    public static string Changed(PSObject item) =>
        Time(item, "ChangedAt")?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>A month.</summary>
    /// <param name="item">Anything with a Month.</param>
    /// <returns>For example <c>2025-03</c>.</returns>
    public static string Month(PSObject item) => Time(item, "Month")?.ToString("yyyy-MM", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Line(PSObject? item, string name) => PageResultFormat.OneLine(item?.PartText(name), Longest);

    private static string Labels(PSObject? item, string name) =>
        PageResultFormat.OneLine(string.Join(", ", Parts.Of(item?.Part(name)).Select(static part => part.PartText("Label"))), Longest);

    private static DateTimeOffset? Time(PSObject? item, string name) =>
        item?.Part(name) is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? time
            : null;
}
