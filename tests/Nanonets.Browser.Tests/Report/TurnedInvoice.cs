using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Nanonets.Browser.Tests.Report;

/// <summary>An invoice on a page that is turned: in the file its text runs up, down or backwards; as it is shown, it is upright.</summary>
internal static class TurnedInvoice
{
    private const int Width = 595;
    private const int Height = 842;

    /// <param name="degrees">How far viewers turn the page with the clock: 90, 180 or 270.</param>
    public static byte[] Create(int degrees)
    {
        var text = new StringBuilder("BT /F1 11 Tf\n");
        Line(60, 70, "Northwind Example Supplies");
        Line(60, 110, $"Invoice number: INV-{degrees}");
        Line(60, 130, "Invoice date: 17 March 2025");
        string[][] rows = [["Description", "Quantity", "Unit price", "Amount"], ["Widget blue", "12", "4.50", "54.00"],
            ["Widget green", "3", "5.25", "15.75"]];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < 4; column++)
                Line(60 + (110 * column), 190 + (20 * row), rows[row][column]);
        }

        Line(280, 270, "Total");
        Line(390, 270, "$69.75");
        return Write(text.Append("ET\n").ToString(), degrees);

        // A point as it is shown, from the top left, is another one in the file.
        void Line(int x, int y, string shown)
        {
            string matrix = degrees switch
            {
                90 => Invariant($"0 1 -1 0 {y} {x}"),
                180 => Invariant($"-1 0 0 -1 {Width - x} {y}"),
                _ => Invariant($"0 -1 1 0 {Width - y} {Height - x}"),
            };
            text.Append(CultureInfo.InvariantCulture, $"{matrix} Tm ({shown}) Tj\n");
        }
    }

    private static byte[] Write(string content, int degrees)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            Invariant($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Rotate {degrees} /Contents 4 0 R ")
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            Invariant($"<< /Length {content.Length} >>\nstream\n{content}endstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (int offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
