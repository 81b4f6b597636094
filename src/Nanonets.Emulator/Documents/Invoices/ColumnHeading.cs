using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>The heading of a table column and what the column holds.</summary>
/// <param name="Label">The model's label; empty if the heading is not known.</param>
/// <param name="Box">Where the heading stands.</param>
internal sealed record ColumnHeading(string Label, PixelBox Box)
{
    public const string Description = "description";
    public const string Quantity = "quantity";
    public const string UnitPrice = "unit_price";
    public const string Amount = "amount";

    // Signs play no part: "vat" stands for "VAT %" as well, "p.u." for "PU".
    private static readonly Dictionary<string, string> s_labels = Headings(
        (Description, "description|item description|item|items|product|service|details|particulars|" +
            "bezeichnung|beschreibung|artikelbezeichnung|produkt|leistung|artikel|désignation|libellé|article"),
        (Quantity, "quantity|qty|qty/hr|qty/hrs|hours|hrs|units|menge|menge einheit|anzahl|stunden|quantité|qté|nombre"),
        (UnitPrice, "unit price|price|price each|rate|unit cost|cost|hourly rate|" +
            "einzelpreis|preis|stückpreis|nettopreis|e-preis|prix unitaire|prix|prix unitaire ht|p.u.|p.u. ht"),
        (Amount, "amount|total|line total|total price|total amount|subtotal|net amount|extended price|" +
            "betrag|gesamt|gesamtbetrag|gesamtpreis|nettobetrag|summe|entgelt|g-preis|montant|montant ht|total ht|prix total"),
        ("tax_rate", "tax|tax rate|vat|vat rate|mva|gst|ust|ust satz|mwst|steuer|steuersatz|tva|taux tva"),
        ("line_number", "#|no|nr|pos|position|line|ligne"),
        ("product_code", "sku|code|product code|item code|item no|part no|art|art-nr|artikel-nr|référence|réf"),
        ("unit", "unit|uom|einheit|unité"),
        ("discount", "discount|rabatt|remise"),
        ("line_date", "date|training date|service date|datum"));

    /// <returns>The columns if the line is the heading of a line-item table: it has descriptions, amounts, and quantities or
    /// prices.</returns>
    public static IReadOnlyList<ColumnHeading>? Read(TextLine line)
    {
        var columns = line.Segments.Select(segment => new ColumnHeading(LabelOf(segment), segment.Box)).ToList();
        var labels = columns.ConvertAll(column => column.Label);
        bool HasOne(string label) => labels.FindAll(other => other == label).Count == 1;
        return HasOne(Description) && HasOne(Amount) && (HasOne(Quantity) || HasOne(UnitPrice)) ? columns : null;
    }

    private static string LabelOf(TextSegment heading) =>
        s_labels.GetValueOrDefault(string.Join(' ', Plain.Phrase(heading.Text)), "");

    private static Dictionary<string, string> Headings(params (string Label, string Phrases)[] columns) => columns
        .SelectMany(column => column.Phrases.Split('|').Select(phrase => (column.Label, Phrase: string.Join(' ', Plain.Phrase(phrase)))))
        .ToDictionary(pair => pair.Phrase, pair => pair.Label, StringComparer.Ordinal);
}
