using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Formats;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>The built-in invoice model: rules over the words of a text layer. What they do not find is not made up.</summary>
internal static class InvoiceModel
{
    private const int LongestTitle = 6; // words; in longer segments an "invoice" is prose

    public static IReadOnlyList<ReadPage> Read(IReadOnlyList<PdfTextPage> pages)
    {
        var lines = pages.Select(page => PageLines.Group(page.Words.Where(word => word.IsHorizontal).Select(word => word.Word))).ToList();
        var isInvoice = lines.Exists(IsInvoice);
        return [.. pages.Zip(lines, (page, text) => Page(page, isInvoice ? text : []))];
    }

    private static ReadPage Page(PdfTextPage page, IReadOnlyList<TextLine> lines)
    {
        var (tables, rest) = LineItems.Find(lines);
        var words = page.Words.Select(word => word.Word).ToList();
        var fields = PageFields.Read(rest, page.Size.Height);
        return new ReadPage(page.Size.Width, page.Size.Height, words, fields, tables);
    }

    private static bool IsInvoice(IReadOnlyList<TextLine> lines) => lines
        .SelectMany(line => line.Segments)
        .Where(segment => segment.Words.Count <= LongestTitle)
        .SelectMany(segment => segment.Words)
        .Any(word => FieldLabels.DocumentWords.Contains(Plain.Word(word.Text)));
}
