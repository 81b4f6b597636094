using System.Text;
using System.Text.RegularExpressions;

namespace Nanonets.Http;

/// <summary>
/// Makes text from elsewhere fit for a message: one line, no markup, no control characters, no signed address, not too long.
/// </summary>
internal static class PlainText
{
    private const int Longest = 300;

    private static readonly Regex s_tag = new("<[^<>]{0,500}>", RegexOptions.CultureInvariant);

    public static string OneLine(string? text) =>
        string.IsNullOrEmpty(text)
            ? string.Empty
            : Flatten(s_tag.Replace(text!.Length > 4 * Longest ? text.Substring(0, 4 * Longest) : text, string.Empty));

    /// <summary>
    /// Text that is ours but for the names in it, which may hold what a console would obey: control characters are shown as �, line breaks
    /// and tabs stay.
    /// </summary>
    public static string Printable(string text)
    {
        char[]? changed = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t'))
                (changed ??= text.ToCharArray())[i] = '\uFFFD';
        }

        return changed is null ? text : new string(changed);
    }

    /// <summary>One line, no control characters, not too long; markup stays, since it may be what a document says.</summary>
    public static string Flatten(string bare)
    {
        var line = new StringBuilder(bare.Length);
        foreach (char character in bare)
        {
            bool blank = char.IsControl(character) || char.IsWhiteSpace(character);
            if (!blank)
                line.Append(character);
            else if (line.Length > 0 && line[line.Length - 1] != ' ')
                line.Append(' ');
        }

        string result = PublicAddress.In(line.ToString().Trim());
        return result.Length <= Longest ? result : result.Substring(0, Longest - 1).TrimEnd() + "…";
    }
}
