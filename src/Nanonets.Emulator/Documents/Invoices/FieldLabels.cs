using System;
using System.Collections.Generic;
using System.Linq;
using static Nanonets.Emulator.Documents.Invoices.FieldNames;
using static Nanonets.Emulator.Documents.Invoices.LabelStrength;
using static Nanonets.Emulator.Documents.Invoices.ValueKind;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>The phrases by which values are found, in English, German and French.</summary>
internal static class FieldLabels
{
    /// <summary>Longer phrases come first, so that "total due" is not taken for "total".</summary>
    public static IReadOnlyList<FieldLabel> All { get; } =
        [.. References().Concat(Dates()).Concat(Amounts()).OrderByDescending(label => label.Words.Count)];

    /// <summary>Titles and words one of which a document must show before any value is taken from it.</summary>
    public static IReadOnlySet<string> DocumentWords { get; } = new HashSet<string>(
        "invoice receipt bill rechnung handelsrechnung quittung gutschrift facture avoir recu".Split(' '), StringComparer.Ordinal);

    private static IEnumerable<FieldLabel> References() =>
    [
        .. FieldLabel.Of(
            InvoiceNumber, Reference, Full,
            "invoice number | invoice no | invoice num | invoice nr | invoice # | invoice id | inv no | inv # | bill number | bill no | " +
            "rechnungsnummer | rechnungsnr | rechnung nr | rechnung nummer | rechnung no | handelsrechnung nr | " +
            "facture n° | facture no | facture numéro | n° facture | n° de facture | numéro de facture | numéro de la facture",
            mayStandAbove: true),
        .. FieldLabel.Of(InvoiceNumber, Reference, Full, "rechnung # | facture #"),
        .. FieldLabel.Of(InvoiceNumber, Reference, LabelStrength.Plain, "invoice | rechnung | facture", needsSign: true),
        .. FieldLabel.Of(
            PurchaseOrder, Reference, Full,
            "p.o. number | p.o. no | p.o. # | p.o. | purchase order | purchase order number | purchase order no | purchase order # | " +
            "customer p.o. | your p.o. | order ref | " +
            "bestellnummer | bestellnr | bestellung nr | n° bon de commande | n° de bon de commande | n° de commande",
            mayStandAbove: true),
        .. FieldLabel.Of(PurchaseOrder, Reference, LabelStrength.Plain, "bestellung | bon de commande", needsSign: true),
        .. FieldLabel.Of(FieldNames.Currency, ValueKind.Currency, Full, "currency | invoice currency | währung | devise"),
    ];

    private static IEnumerable<FieldLabel> Dates() =>
    [
        .. FieldLabel.Of(
            InvoiceDate, Date, Full,
            "invoice date | date of invoice | date of issue | issue date | bill date | billing date | " +
            "rechnungsdatum | ausstellungsdatum | date de facture | date de la facture | date facture | date d'émission",
            mayStandAbove: true),
        .. FieldLabel.Of(InvoiceDate, Date, LabelStrength.Plain, "date | dated | issued | issued on | datum | émise le"),
        .. FieldLabel.Of(
            DueDate, Date, Full,
            "due date | date due | due | due by | due on | payment due | payment due date | payment due by | pay by | " +
            "fällig | fällig am | fälligkeit | fälligkeitsdatum | zahlbar bis | " +
            "échéance | date d'échéance | date limite de paiement",
            mayStandAbove: true),
    ];

    private static IEnumerable<FieldLabel> Amounts() =>
    [
        .. FieldLabel.Of(
            Subtotal, Amount, Full,
            "subtotal | sub total | net total | total net | net amount | total before tax | total excl vat | total excluding vat | " +
            "nettobetrag | nettosumme | netto | summe netto | gesamtbetrag netto | gesamt netto | zwischensumme | "
                + "rechnungssumme ohne ust | " +
            "sous-total | total hors taxes"),
        .. FieldLabel.Of(Subtotal, Amount, Full, "total ht | montant ht | total net ht", mayStandAbove: true),
        .. FieldLabel.Of(
            TaxAmount, Amount, Full,
            "total tax | tax total | total vat | vat total | total sales tax | total gst | " +
            "steuerbetrag | ust gesamt | mwst gesamt | gesamt ust | gesamt mwst | summe ust | summe mwst"),
        .. FieldLabel.Of(TaxAmount, Amount, Full, "total tva | montant total tva", mayStandAbove: true),
        .. FieldLabel.Of(
            TaxAmount, Amount, LabelStrength.Plain,
            "tax | sales tax | tax amount | vat | vat amount | gst | hst | mva | ust | ustbetrag | mwst | mwstbetrag | " +
            "umsatzsteuer | mehrwertsteuer | tva | montant tva"),
        .. FieldLabel.Of(
            TotalAmount, Amount, Full,
            "grand total | invoice total | total invoice | order total | total incl vat | total including vat | total incl tax | " +
            "total inc vat | total with tax | " +
            "gesamtbetrag | gesamtbetrag brutto | gesamtsumme | rechnungsbetrag | rechnungsbetrag brutto | bruttobetrag | bruttosumme | " +
            "gesamt brutto | summe brutto | endbetrag | endsumme"),
        .. FieldLabel.Of(
            TotalAmount, Amount, Full, "total ttc | montant ttc | montant total ttc | total toutes taxes comprises", mayStandAbove: true),
        .. FieldLabel.Of(TotalAmount, Amount, LabelStrength.Plain, "total | total amount | gesamt | montant total"),
        .. FieldLabel.Of(
            TotalAmount, Amount, Hint,
            "total due | amount due | balance due | total amount due | total payable | amount payable | please pay | " +
            "zahlbetrag | zu zahlen | zu zahlender betrag | net à payer | montant à payer | total à payer | solde à payer",
            mayStandAbove: true),
    ];
}
