using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Decides which of the values that labels announce on a page are shown as its fields.</summary>
internal static class PageFields
{
    private static readonly string[] s_chosenByStrength =
        [FieldNames.InvoiceNumber, FieldNames.InvoiceDate, FieldNames.DueDate, FieldNames.PurchaseOrder];

    public static IReadOnlyList<ReadField> Read(IReadOnlyList<TextLine> lines, int pageHeight)
    {
        var candidates = LabelSearch.Search(lines);
        List<Candidate> Of(string field) => [.. candidates.Where(candidate => candidate.Label.Field == field)];
        var fields = new List<ReadField?>();
        fields.AddRange(s_chosenByStrength.Select(field => Candidate.Choose(Of(field))?.ToField()));
        fields.Add(SellerName.Find(lines, pageHeight));

        // A tax of "3" is more likely a rate or a count; a subtotal may do without decimals.
        var taxes = Of(FieldNames.TaxAmount).FindAll(tax => tax.Amount is { LooksLikeMoney: true });
        var subtotal = Candidate.Choose(Of(FieldNames.Subtotal));
        var total = TotalRule.Choose(Of(FieldNames.TotalAmount), taxes, subtotal, lines);
        fields.Add(subtotal?.ToField());
        fields.Add(Candidate.Choose(taxes)?.ToField());
        fields.Add(total?.ToField());
        fields.Add(Candidate.Choose(Of(FieldNames.Currency))?.ToField() ?? CurrencyOf(total));
        return [.. fields.OfType<ReadField>()];
    }

    /// <summary>Without a label of its own the currency is the code or sign that stands as a word beside the total.</summary>
    private static ReadField? CurrencyOf(Candidate? total)
    {
        var word = total?.Words.FirstOrDefault(word => AmountText.IsCurrency(word.Text));
        return total is null || word is null
            ? null
            : new ReadField(FieldNames.Currency, word.Text, total.Score, word.XMin, word.YMin, word.XMax, word.YMax);
    }
}
