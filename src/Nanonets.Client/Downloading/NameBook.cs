using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Nanonets.Downloading;

/// <summary>
/// The names given away in one run: two documents may have the same name, or names that differ in case or in how accents are written only.
/// </summary>
internal sealed class NameBook
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);

    /// <summary>The name of a part of a document.</summary>
    public string Of(PageResult page, DocumentPart part) => part switch
    {
        DocumentPart.Original => OfDocument(page),
        DocumentPart.PageImage => OfPage(page, string.Empty, FileType.OfKey(page.PageImageKey)),
        _ => OfPage(page, ".thumbnail", FileType.OfKey(page.PageImageKey)),
    };

    /// <summary>The name of a document's original, the same for all its pages.</summary>
    public string OfDocument(PageResult page)
    {
        string key = page.RequestFileId ?? page.Id ?? string.Empty;
        if (!_documents.TryGetValue(key, out string? name))
            _documents[key] = name = Take(number => SafeName.Of(page.Input, page.RequestFileId ?? "document", number));
        return name;
    }

    /// <summary>The name of something that belongs to a page.</summary>
    /// <param name="suffix">What it is.</param>
    /// <param name="extension">With its dot.</param>
    public string OfPage(PageResult page, string suffix, string extension)
    {
        string document = OfDocument(page);
        return Take(number => SafeName.Of(
            document, "document", string.Format(CultureInfo.InvariantCulture, ".page-{0}{1}{2}", page.Page + 1, suffix, number),
            extension));
    }

    private string Take(Func<string, string> make)
    {
        string name = make(string.Empty);
        for (int number = 2; !_taken.Add(name.Normalize(NormalizationForm.FormC)); number++)
            name = make(string.Format(CultureInfo.InvariantCulture, " ({0})", number));
        return name;
    }
}
