using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>
/// Finds the seller's name: after a "from" or "seller" label, or the first line that ends in a company's legal form (Ltd, GmbH, SARL) when
/// the page shows by a "bill to" further down, or by repeating the name, that it is not the buyer's.
/// </summary>
internal static class SellerName
{
    private const double LabelledScore = 0.85;
    private const double LetterheadScore = 0.75;
    private const int LongestName = 7; // words
    private static readonly HashSet<string> s_sellerLabels =
        ["from", "seller", "vendor", "supplier", "verkaufer", "fournisseur", "vendeur"];

    private static readonly string[][] s_buyerLabels =
        [.. "bill to|billed to|invoice to|sold to|ship to|customer|to|rechnung an|käufer|kunde|client|facturé à|adressé à|acheteur"
            .Split('|').Select(Plain.Phrase)];

    private static readonly HashSet<string> s_legalForms = new(
        ("ltd limited llc llp inc incorporated corp corporation plc co gmbh ag kg ohg gbr ug ek se sarl sas sasu sa eurl as asa ab bv nv "
            + "srl spa oy aps").Split(' '), StringComparer.Ordinal);

    public static ReadField? Find(IReadOnlyList<TextLine> lines, int pageHeight)
    {
        foreach (var line in lines)
        {
            if (Labelled(line) is { } words)
                return Field(words, LabelledScore);
        }

        var segments = lines.SelectMany(line => line.Segments).ToList();
        var name = segments.Find(segment => segment.Box.YMin < pageHeight / 2 && IsCompany(segment.Words));
        var buyer = segments.Find(segment => IsBuyerLabel(segment.Words));
        return name is not null && (buyer?.Box.YMin > name.Box.YMax || (buyer is null && IsRepeated(name, segments)))
            ? Field(name.Words, LetterheadScore)
            : null;
    }

    /// <summary>The colon is needed: "from" begins many a sentence.</summary>
    private static IReadOnlyList<ReadWord>? Labelled(TextLine line)
    {
        for (var i = 0; i < line.Segments.Count; i++)
        {
            var words = line.Segments[i].Words;
            if (!words[0].Text.EndsWith(':') || !s_sellerLabels.Contains(Plain.Word(words[0].Text)))
                continue;
            var name = words.Count > 1 ? [.. words.Skip(1)] : i + 1 < line.Segments.Count ? line.Segments[i + 1].Words : [];
            if (name.Count is > 0 and <= LongestName && !name[^1].Text.EndsWith(':'))
                return name;
        }

        return null;
    }

    private static bool IsCompany(IReadOnlyList<ReadWord> words) =>
        words.Count is > 1 and <= LongestName && s_legalForms.Contains(Plain.Word(words[^1].Text)) && char.IsUpper(words[^1].Text[0]) &&
        words.All(word => !word.Text.Contains(':', StringComparison.Ordinal));

    private static bool IsBuyerLabel(IReadOnlyList<ReadWord> words) =>
        s_buyerLabels.Any(label => label.SequenceEqual(words.Select(word => Plain.Word(word.Text)).Where(word => word.Length > 0)) ||
            (words[0].Text.Contains('/', StringComparison.Ordinal) && label[0] == Plain.Word(words[0].Text.Split('/')[0])));

    private static bool IsRepeated(TextSegment name, List<TextSegment> segments) =>
        segments.Exists(segment => segment != name && $" {segment.Text} ".Contains($" {name.Text} ", StringComparison.OrdinalIgnoreCase));

    private static ReadField Field(IReadOnlyList<ReadWord> words, double score)
    {
        var box = PixelBox.Around(words);
        var text = string.Join(' ', words.Select(word => word.Text));
        return new ReadField(FieldNames.SellerName, text, score, box.XMin, box.YMin, box.XMax, box.YMax);
    }
}
