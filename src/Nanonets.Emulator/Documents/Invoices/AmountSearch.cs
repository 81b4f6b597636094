using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.Emulator.Documents.Text;

namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>Finds the one amount to the right of a label, past tax rates and a currency that stands alone.</summary>
internal static partial class AmountSearch
{
    /// <returns>The amount, or null if there is none or more than one: which of several is meant cannot be known.</returns>
    public static (IReadOnlyList<ReadWord> Words, string Text, bool IsSameSegment)? ToTheRight(TextLine line, int index, int start)
    {
        (IReadOnlyList<ReadWord> Words, string Text, bool IsSameSegment)? found = null;
        for (var i = index; i < line.Segments.Count; i++)
        {
            var words = line.Segments[i].Words;
            var position = i == index ? start : 0;
            while (position < words.Count)
            {
                if (ValueReader.At(ValueKind.Amount, words, position) is { } amount && SkipRate(words, position) == 0)
                {
                    if (found is not null)
                        return null;
                    found = ([.. words.Skip(position).Take(amount.Length)], amount.Text, i == index);
                }

                if (Step(words, position) is not (> 0 and var step))
                    return found;
                position += step;
            }
        }

        return found;
    }

    /// <summary>Whether nothing but amounts, rates and currencies is left of a segment's words from a position on.</summary>
    public static bool IsOnlyAmounts(IReadOnlyList<ReadWord> words, int start)
    {
        while (start < words.Count && Step(words, start) is > 0 and var step)
            start += step;
        return start == words.Count;
    }

    /// <summary>How many words the rate, amount, currency or filler at a position takes; 0 for other text.</summary>
    private static int Step(IReadOnlyList<ReadWord> words, int position)
    {
        if (SkipRate(words, position) is > 0 and var rate)
            return rate;
        if (ValueReader.At(ValueKind.Amount, words, position) is { } amount)
            return amount.Length;
        return AmountText.IsCurrency(words[position].Text) || LabelMatch.IsFiller(words[position].Text) ? 1 : 0;
    }

    /// <summary>A rate is one word, "7%", or two, "7 %".</summary>
    private static int SkipRate(IReadOnlyList<ReadWord> words, int position)
    {
        if (Rate().IsMatch(words[position].Text))
            return 1;
        return position + 1 < words.Count && Rate().IsMatch(words[position].Text + words[position + 1].Text) ? 2 : 0;
    }

    [GeneratedRegex(@"^[(@]?[0-9]{1,3}(?:[.,][0-9]{1,3})?%[):]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
