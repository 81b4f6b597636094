using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>
/// Decides which amount is the invoice's own total. "Amount due" may include what was owed before or leave out what was paid, so it counts
/// only where the page speaks of neither; a bare "total" above a tax line is a total before tax.
/// </summary>
internal static class TotalRule
{
    private const double ConfirmedScore = 0.98;

    // Words for money that went before this invoice or came in for it.
    private static readonly HashSet<string> s_otherMoney = new(
        """
        previous prior paid payment payments prepaid prepayment deposit forward overdue credit credits
        anzahlung anzahlungen bezahlt vorauszahlung abschlagszahlung acompte acomptes paye payes regle solde anterieur
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    public static Candidate? Choose(
        IReadOnlyList<Candidate> totals, IReadOnlyList<Candidate> taxes, Candidate? subtotal, IReadOnlyList<TextLine> lines)
    {
        var choice = Candidate.Choose([.. totals.Where(total => IsTotal(total, taxes, subtotal, lines))]);
        return choice is not null && AddsUp(choice, taxes, subtotal) ? choice with { Score = ConfirmedScore } : choice;
    }

    private static bool IsTotal(Candidate total, IReadOnlyList<Candidate> taxes, Candidate? subtotal, IReadOnlyList<TextLine> lines) =>
        total.Amount is { LooksLikeMoney: true } && total.Label.Strength switch
        {
            LabelStrength.Full => true,
            LabelStrength.Plain => !taxes.Any(tax => tax.Box.YMin > total.Box.YMax),
            _ => AddsUp(total, taxes, subtotal) || !SpeaksOfOtherMoney(lines),
        };

    private static bool AddsUp(Candidate total, IReadOnlyList<Candidate> taxes, Candidate? subtotal)
    {
        if (subtotal?.Amount is not { } net || taxes.Count == 0)
            return false;
        var strongest = taxes.Max(tax => tax.Label.Strength);
        return net.Value + taxes.Where(tax => tax.Label.Strength == strongest).Sum(tax => tax.Amount?.Value ?? 0) == total.Amount?.Value;
    }

    private static bool SpeaksOfOtherMoney(IReadOnlyList<TextLine> lines) => lines
        .SelectMany(line => line.Segments)
        .Where(segment => segment.Words.Count <= 4) // labels, not sentences such as the terms of payment
        .SelectMany(segment => segment.Words)
        .Any(word => s_otherMoney.Contains(Plain.Word(word.Text)));
}
