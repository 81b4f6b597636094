using System;
using System.IO;

namespace Nanonets.Report;

/// <summary>
/// Writes HTML in which text from elsewhere can be nothing but text: what is passed as text or as the value of an attribute is encoded
/// here, and there is no other way for it into the page.
/// </summary>
internal sealed class HtmlWriter(TextWriter writer)
{
    /// <summary>Three bytes are four letters: whole groups, so that pieces can follow one another.</summary>
    private const int PieceBytes = 3 * 4096;

    private readonly byte[] _bytes = new byte[PieceBytes];
    private readonly char[] _letters = new char[PieceBytes / 3 * 4];

    /// <summary>Opens an element.</summary>
    /// <param name="element">Its name, one of ours.</param>
    /// <param name="attributes">Names and values; those without a value are left out.</param>
    public HtmlWriter Open(string element, params (string Name, string? Value)[] attributes)
    {
        writer.Write('<');
        writer.Write(element);
        foreach ((string name, string? value) in attributes)
        {
            if (value is null)
                continue;
            writer.Write(' ');
            writer.Write(name);
            writer.Write("=\"");
            Encode(value);
            writer.Write('"');
        }

        writer.Write('>');
        return this;
    }

    /// <summary>Closes an element.</summary>
    public HtmlWriter Close(string element)
    {
        writer.Write("</");
        writer.Write(element);
        writer.Write('>');
        return this;
    }

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string? text)
    {
        Encode(text ?? string.Empty);
        return this;
    }

    /// <summary>Writes an element with text in it.</summary>
    public HtmlWriter Element(string element, string? text, params (string Name, string? Value)[] attributes) =>
        Open(element, attributes).Text(text).Close(element);

    /// <summary>Writes a picture into the page, piece by piece.</summary>
    /// <param name="alt">What those hear who do not see it.</param>
    /// <param name="type">Its content type, one of ours.</param>
    /// <param name="content">Its bytes.</param>
    public HtmlWriter Picture(string alt, string type, Stream content)
    {
        writer.Write("<img decoding=\"async\" alt=\"");
        Encode(alt);
        writer.Write($"\" src=\"data:{type};base64,");
        int filled;
        do
        {
            filled = 0;
            while (filled < PieceBytes && content.Read(_bytes, filled, PieceBytes - filled) is > 0 and int read)
                filled += read;
            writer.Write(_letters, 0, Convert.ToBase64CharArray(_bytes, 0, filled, _letters, 0));
        }
        while (filled == PieceBytes);
        writer.Write("\">");
        return this;
    }

    /// <summary>Ends a line, for those who read the file.</summary>
    public HtmlWriter Line()
    {
        writer.Write('\n');
        return this;
    }

    /// <summary>Control characters have no place in HTML, not even encoded; half a character has none in UTF-8.</summary>
    private void Encode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                writer.Write(character);
                writer.Write(text[++i]);
                continue;
            }

            switch (character)
            {
                case '&': writer.Write("&amp;"); break;
                case '<': writer.Write("&lt;"); break;
                case '>': writer.Write("&gt;"); break;
                case '"': writer.Write("&quot;"); break;
                case '\r' or '\n' or '\t': writer.Write(character); break;
                default: writer.Write(char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character); break;
            }
        }
    }
}
