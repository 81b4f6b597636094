using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>A value that a label announces; whether it is shown is decided when all of the page's are known.</summary>
/// <param name="Label">The label.</param>
/// <param name="Words">The words of the value.</param>
/// <param name="Text">The value as the page writes it, without the punctuation around it.</param>
/// <param name="Score">How strong the rule is that found it.</param>
internal sealed record Candidate(FieldLabel Label, IReadOnlyList<ReadWord> Words, string Text, double Score)
{
    public PixelBox Box { get; } = PixelBox.Around(Words);

    /// <summary>The amount, for labels of amounts.</summary>
    public AmountText? Amount { get; } = Label.Kind == ValueKind.Amount ? AmountText.Parse(Text) : null;

    /// <summary>Whether both say the same, so that a value that a page repeats is no contradiction.</summary>
    public bool Agrees(Candidate other) => Amount is not null && other.Amount is not null
        ? Amount.Value == other.Amount.Value
        : string.Equals(Plain.Word(Text), Plain.Word(other.Text), StringComparison.Ordinal);

    public ReadField ToField() => new(Label.Field, Text, Score, Box.XMin, Box.YMin, Box.XMax, Box.YMax);

    /// <summary>The most telling of several candidates, or null if there is none or those that say most contradict each other.</summary>
    public static Candidate? Choose(IReadOnlyCollection<Candidate> candidates)
    {
        if (candidates.Count == 0)
            return null;
        var strongest = candidates.Max(candidate => candidate.Label.Strength);
        var telling = candidates.Where(candidate => candidate.Label.Strength == strongest).ToList();
        return telling.TrueForAll(telling[0].Agrees) ? telling.MaxBy(candidate => candidate.Score) : null;
    }
}
