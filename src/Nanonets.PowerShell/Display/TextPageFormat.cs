using System.ComponentModel;
using System.Globalization;

namespace Nanonets.Display;

/// <summary>Arithmetic of the view of plain text, called from the format file. Not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TextPageFormat
{
    /// <summary>The page as people count: <c>1/3</c>, or <c>1</c> where the number of pages is not known.</summary>
    /// <param name="page">The page.</param>
    /// <returns>Text for a table cell.</returns>
    public static string Page(TextPage page) => page?.PageCount is { } count
        ? string.Format(CultureInfo.CurrentCulture, "{0}/{1}", page.Page + 1, count)
        : string.Format(CultureInfo.CurrentCulture, "{0}", (page?.Page ?? 0) + 1);
}
