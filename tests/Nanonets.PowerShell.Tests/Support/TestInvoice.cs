using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>An invoice with a text layer, with fields and a line-item table that the emulator's invoice model finds.</summary>
internal static class TestInvoice
{
    /// <param name="pages">The first has the invoice, the others are empty.</param>
    public static byte[] Create(string number = "INV-0417", string total = "$69.75", int pages = 1)
    {
        var document = new PdfDocumentBuilder();
        PdfPageBuilder page = document.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
        PdfDocumentBuilder.AddedFont font = document.AddStandard14Font(Standard14Font.Helvetica);
        void Write(double x, double y, string text) => page.AddText(text, 10, new PdfPoint(x, y), font);

        Write(50, 780, "Northwind Example Supplies");
        Write(50, 740, $"Invoice number: {number}");
        Write(50, 720, "Invoice date: 17 March 2025");
        Line(660, "Description", "Quantity", "Unit price", "Amount");
        Line(640, "Widget blue", "12", "4.50", "54.00");
        Line(620, "Widget green", "3", "5.25", "15.75");
        Write(320, 580, "Total");
        Write(450, 580, total);
        for (int i = 1; i < pages; i++)
            document.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
        return document.Build();

        void Line(double y, params string[] cells)
        {
            double[] left = [50, 230, 320, 450];
            for (int i = 0; i < cells.Length; i++)
                Write(left[i], y, cells[i]);
        }
    }
}
