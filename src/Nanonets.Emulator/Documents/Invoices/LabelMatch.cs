using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Recognises a label at the start of a segment.</summary>
internal static class LabelMatch
{
    /// <returns>The longest label that the words begin with and how many words it takes, or null.</returns>
    public static (FieldLabel Label, int Length)? AtStart(IReadOnlyList<ReadWord> words)
    {
        foreach (var label in FieldLabels.All)
        {
            if (Length(label, words) is { } length)
                return (label, length);
        }

        return null;
    }

    /// <summary>Words that say nothing between a label and its value: colons, dots, a document type code in brackets.</summary>
    public static bool IsFiller(string text) =>
        text.All(character => char.IsPunctuation(character) && character is not ('-' or '\u2013' or '(' or ')') || character == '#') ||
        (text.StartsWith('(') && text.EndsWith(')'));

    private static int? Length(FieldLabel label, IReadOnlyList<ReadWord> words)
    {
        var (matched, position) = (0, 0);
        while (matched < label.Words.Count)
        {
            if (position == words.Count)
                return null;
            var text = words[position].Text;
            if (string.Equals(Plain.Word(text), label.Words[matched], StringComparison.Ordinal))
                matched++;
            else if (matched == 0 || !IsFiller(text))
                return null;
            position++;
        }

        return label.NeedsSign && !HasSign(words, position) ? null : position;
    }

    private static bool HasSign(IReadOnlyList<ReadWord> words, int position) =>
        words[position - 1].Text[^1] is ':' or '#' || (position < words.Count && words[position].Text[0] is ':' or '#');
}
