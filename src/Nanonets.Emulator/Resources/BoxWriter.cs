using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nanonets.Emulator.Documents;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// Writes fields and tables as boxes, with the members in the recorded order: upload answers and stored pages differ in it.
/// </summary>
internal static class BoxWriter
{
    /// <param name="stored">Whether this is for a stored page (page, status before type) or an upload answer (page_no, status after the
    /// cells).</param>
    /// <param name="typed">Whether the type is written; raw_ocr has none.</param>
    public static void Write(Utf8JsonWriter json, ReadPage page, string pageId, int position, bool stored, bool typed = true)
    {
        json.WriteStartArray();
        foreach (ReadField field in page.Fields)
        {
            Begin(json, Id(pageId, field.Label, field.XMin, field.YMin), field.Label, (field.XMin, field.YMin, field.XMax, field.YMax),
                field.Score, field.Text);
            if (stored)
                json.WriteString("status", "correctly_predicted");
            if (typed)
                json.WriteString("type", "field");
            End(json, position, stored, LabelId(field.Label));
        }

        foreach (ReadTable table in page.Tables)
        {
            string id = Id(pageId, "table", table.XMin, table.YMin);
            Begin(json, id, "table", (table.XMin, table.YMin, table.XMax, table.YMax), table.Score, "table");
            if (stored)
                json.WriteString("status", "correctly_predicted");
            if (typed)
                json.WriteString("type", "table");
            Cells(json, table, id);
            End(json, position, stored, string.Empty);
        }

        json.WriteEndArray();
    }

    /// <summary>The ids of all boxes of a page.</summary>
    public static IEnumerable<string> Ids(ReadPage page, string pageId) =>
        [
            .. page.Fields.Select(field => Id(pageId, field.Label, field.XMin, field.YMin)),
            .. page.Tables.Select(table => Id(pageId, "table", table.XMin, table.YMin)),
        ];

    /// <summary>The id of a label in the model: always the same for the same label.</summary>
    public static string LabelId(string label) => label.Length == 0 ? string.Empty : Id("label", label, 0, 0);

    private static void Begin(
        Utf8JsonWriter json, string id, string label, (int XMin, int YMin, int XMax, int YMax) box, double score, string text)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("label", label);
        Corners(json, box);
        json.WriteNumber("score", score);
        json.WriteString("ocr_text", text);
    }

    private static void End(Utf8JsonWriter json, int position, bool stored, string labelId)
    {
        if (!stored)
            json.WriteString("status", "correctly_predicted");
        json.WriteNumber(stored ? "page" : "page_no", position);
        json.WriteString("label_id", labelId);
        json.WriteEndObject();
    }

    private static void Cells(Utf8JsonWriter json, ReadTable table, string tableId)
    {
        json.WriteStartArray("cells");
        foreach (ReadCell cell in table.Cells)
        {
            json.WriteStartObject();
            json.WriteString("id", Id(tableId, "cell", cell.Row, cell.Column));
            json.WriteNumber("row", cell.Row);
            json.WriteNumber("col", cell.Column);
            json.WriteNumber("row_span", 1);
            json.WriteNumber("col_span", 1);
            json.WriteString("label", cell.Label);
            Corners(json, (cell.XMin, cell.YMin, cell.XMax, cell.YMax));
            json.WriteNumber("score", cell.Score);
            json.WriteString("text", cell.Text);
            json.WriteString("row_label", string.Empty);
            json.WriteString("verification_status", "correctly_predicted");
            json.WriteString("status", string.Empty);
            json.WriteString("failed_validation", string.Empty);
            json.WriteString("label_id", LabelId(cell.Label));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Corners(Utf8JsonWriter json, (int XMin, int YMin, int XMax, int YMax) box)
    {
        json.WriteNumber("xmin", box.XMin);
        json.WriteNumber("ymin", box.YMin);
        json.WriteNumber("xmax", box.XMax);
        json.WriteNumber("ymax", box.YMax);
    }

    /// <summary>A UUID made of what it names, so that the same box has the same id in every answer.</summary>
    private static string Id(string scope, string name, int x, int y)
    {
        byte[] hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scope}/{name}/{x}/{y}")));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
