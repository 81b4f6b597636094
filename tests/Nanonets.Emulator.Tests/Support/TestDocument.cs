using System;
using System.Linq;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>Small documents for tests.</summary>
internal static class TestDocument
{
    private static readonly byte[] s_png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A picture of 1 x 1 pixel with a content of its own.</summary>
    public static byte[] Png(string content) => [.. s_png, .. Encoding.UTF8.GetBytes(content)];

    /// <summary>
    /// An invoice with a text layer: number N-4711, date 2026-03-10, total $ 110.00; the further pages say only which they are.
    /// </summary>
    public static byte[] Invoice(int pages = 1)
    {
        using var builder = new PdfDocumentBuilder();
        PdfDocumentBuilder.AddedFont font = builder.AddStandard14Font(Standard14Font.Helvetica);
        string[] lines = ["Invoice", "Invoice number: N-4711", "Invoice date: 2026-03-10", "Total amount: $110.00"];
        for (int i = 1; i <= pages; i++)
        {
            PdfPageBuilder page = builder.AddPage(PageSize.A4);
            foreach ((int at, string line) in (i == 1 ? lines : [$"Page {i} & <more>"]).Index())
                page.AddText(line, 12, new PdfPoint(72, 760 - (24 * at)), font);
        }

        return builder.Build();
    }
}
