using System.Text;
using Nanonets.Http;

namespace Nanonets.Inbox;

/// <summary>Lines for people, broken between words where a narrow screen would break them anywhere.</summary>
internal sealed class SummaryText
{
    private const int Width = 79;

    private readonly StringBuilder _text = new();

    /// <summary>An empty line.</summary>
    public void Break() => _text.AppendLine();

    /// <summary>A line.</summary>
    /// <param name="line">The text; nothing is added for null.</param>
    /// <param name="indent">Before it, and twice before what follows on the next line.</param>
    public void Add(string? line, string indent = "")
    {
        if (line is null)
            return;

        string rest = indent + PlainText.Printable(line);
        while (rest.Length > Width)
        {
            int at = rest.LastIndexOf(' ', Width);
            if (at <= 2 * indent.Length)
                at = rest.IndexOf(' ', Width);
            if (at < 0)
                break;
            _text.AppendLine(rest.Substring(0, at));
            rest = rest.Substring(at + 1).Insert(0, indent + indent);
        }

        _text.AppendLine(rest);
    }

    public override string ToString() => _text.ToString().TrimEnd();
}
