using System.Linq;
using System.Text;

namespace Nanonets.Emulator.Documents.Text;

/// <summary>Brings words into the form in which labels are compared: lower case, no accents, no punctuation but the number sign.</summary>
internal static class Plain
{
    public static string Word(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(character) || character == '#')
                plain.Append(char.ToLowerInvariant(character));
        }

        return plain.ToString();
    }

    /// <summary>The plain words of a phrase; words that are only punctuation are left out.</summary>
    public static string[] Phrase(string text) => [.. text.Split(' ').Select(Word).Where(word => word.Length > 0)];
}
