using System.Globalization;
using System.Text;
using System.Xml;

namespace Nanonets.Emulator.Documents.Pictures;

/// <summary>Draws a page's words in their places, as an SVG: no font has to be at hand.</summary>
internal static class SvgPage
{
    private const string Svg = "http://www.w3.org/2000/svg";

    public static byte[] Draw(ReadPage page)
    {
        using var stream = new System.IO.MemoryStream();
        using (var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "" }))
        {
            xml.WriteStartElement("svg", Svg);
            Number(xml, "width", page.Width);
            Number(xml, "height", page.Height);
            xml.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {page.Width} {page.Height}"));
            xml.WriteAttributeString("font-family", "sans-serif");
            xml.WriteStartElement("rect", Svg);
            Number(xml, "width", page.Width);
            Number(xml, "height", page.Height);
            xml.WriteAttributeString("fill", "white");
            xml.WriteEndElement();
            foreach (var word in page.Words)
                Write(xml, word);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, ReadWord word)
    {
        xml.WriteStartElement("text", Svg);
        Number(xml, "x", word.XMin);
        Number(xml, "y", word.YMax);
        Number(xml, "font-size", System.Math.Max(1, word.YMax - word.YMin));
        Number(xml, "textLength", System.Math.Max(1, word.XMax - word.XMin));
        xml.WriteAttributeString("lengthAdjust", "spacingAndGlyphs");
        xml.WriteString(Printable(word.Text));
        xml.WriteEndElement();
    }

    private static void Number(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>XML has no way to write some characters, lone halves of pairs among them; a box stands for each.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            printable.Append(rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF) ? rune.ToString() : "\u25A1");
        return printable.ToString();
    }
}
