using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>What a value looks like.</summary>
internal enum ValueKind
{
    Reference,
    Date,
    Amount,
    Currency,
}

/// <summary>How much a label says about its value; of several on a page the most telling one counts.</summary>
internal enum LabelStrength
{
    /// <summary>Names something that is often, but not always, the value looked for: "amount due" for a total.</summary>
    Hint,

    /// <summary>Names it in short: "date", "total".</summary>
    Plain,

    /// <summary>Names it in full: "invoice date", "grand total".</summary>
    Full,
}

/// <summary>A phrase that announces a value.</summary>
/// <param name="Field">The model's label of that value.</param>
/// <param name="Kind">What the value looks like.</param>
/// <param name="Strength">How much the phrase says.</param>
/// <param name="Words">The phrase in plain words.</param>
internal sealed record FieldLabel(string Field, ValueKind Kind, LabelStrength Strength, IReadOnlyList<string> Words)
{
    /// <summary>The value may stand under the label, as in a row of small headings.</summary>
    public bool MayStandAbove { get; init; }

    /// <summary>The word is common in prose and headings, so a colon or number sign has to follow.</summary>
    public bool NeedsSign { get; init; }

    /// <summary>Makes a label of each phrase; phrases are separated by bars.</summary>
    public static IEnumerable<FieldLabel> Of(
        string field, ValueKind kind, LabelStrength strength, string phrases, bool mayStandAbove = false, bool needsSign = false) =>
        phrases.Split('|').Select(phrase => new FieldLabel(field, kind, strength, Plain.Phrase(phrase.Trim()))
        {
            MayStandAbove = mayStandAbove,
            NeedsSign = needsSign,
        });
}
