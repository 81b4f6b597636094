using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Reads a value of a wanted kind that begins at a given word of a segment.</summary>
internal static class ValueReader
{
    private const int LongestValue = 5; // words: "NOK 1 053 765,91" has four
    private static readonly HashSet<string> s_afterReference = ["vom", "von", "du", "of", "dated", "date", "from", "le", "datum"];
    private static readonly HashSet<string> s_untilMarks = ["-", "\u2013", "to", "until", "bis", "au", "\u2192"];

    /// <returns>The value without the punctuation around it and how many words it takes, or null.</returns>
    public static (string Text, int Length)? At(ValueKind kind, IReadOnlyList<ReadWord> words, int start)
    {
        for (var length = Math.Min(LongestValue, words.Count - start); length > 0; length--)
        {
            var text = Trim(string.Join(' ', words.Skip(start).Take(length).Select(word => word.Text)));
            if (Is(kind, text) && MayEnd(kind, words, start + length))
                return (text, length);
        }

        return null;
    }

    private static bool Is(ValueKind kind, string text) => kind switch
    {
        ValueKind.Reference => ReferenceText.IsReference(text),
        ValueKind.Date => DateText.IsDate(text),
        ValueKind.Amount => AmountText.Parse(text) is not null,
        _ => AmountText.IsCurrency(text),
    };

    /// <summary>What follows must not make the value part of something longer: a number in two words, a span of dates.</summary>
    private static bool MayEnd(ValueKind kind, IReadOnlyList<ReadWord> words, int next) => next == words.Count || kind switch
    {
        ValueKind.Reference => s_afterReference.Contains(Plain.Word(words[next].Text)),
        ValueKind.Date => !s_untilMarks.Contains(words[next].Text.ToLowerInvariant()),
        _ => true,
    };

    private static string Trim(string text) => text.TrimStart('#').TrimEnd('.', ',', ';');
}
