using System.Text.RegularExpressions;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Recognises the number of an invoice or order: one word with a digit in it that is neither a date nor money.</summary>
internal static partial class ReferenceText
{
    public static bool IsReference(string text) =>
        Pattern().IsMatch(text) && !DateText.IsDate(text) && AmountText.Parse(text) is not { LooksLikeMoney: true };

    [GeneratedRegex(@"^(?=.*[0-9])[\p{L}0-9][\p{L}0-9/._-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
