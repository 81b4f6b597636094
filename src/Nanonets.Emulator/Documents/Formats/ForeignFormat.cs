using System;
using System.Linq;
using System.Text;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>
/// Recognizes what is no document though a PDF may lie in it: archives, mails, web pages, office files. Whether the service looks is not
/// documented; the emulator refuses them, so that documents in an archive are not lost in silence.
/// </summary>
internal static class ForeignFormat
{
    /// <summary>First bytes, as characters of one byte each.</summary>
    private static readonly string[] s_binary =
    [
        "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0007\u0008", "7z\u00BC\u00AF", "Rar!\u001A\u0007", "\u001F\u008B", "BZh", "\u00FD7zXZ",
        "\u0028\u00B5\u002F\u00FD", "MSCF", "!<arch>",
        "\u00D0\u00CF\u0011\u00E0", "{\\rtf", "MZ\u0090\0", "\u007FELF", "GIF8", "RIFF", "SQLite f", "\u0078\u009F\u003E\u0022",
    ];

    /// <summary>Behind a byte order mark and blanks, in any case.</summary>
    private static readonly string[] s_text =
    [
        "<!doctype", "<html", "<head", "<body", "<?xml", "From ", "Received:", "Return-Path:", "Delivered-To:", "MIME-Version:",
        "Message-ID:", "Date:", "From:", "To:", "Subject:", "Content-", "X-",
    ];

    public static bool Matches(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> head = content[..Math.Min(content.Length, 512)];
        string start = Encoding.Latin1.GetString(head);
        string text = start.TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return s_binary.Any(sign => start.StartsWith(sign, StringComparison.Ordinal))
            || s_text.Any(sign => text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            || IsTar(start);
    }

    /// <summary>A tape archive has no signature in its oldest form, but always the sum of its first block.</summary>
    private static bool IsTar(string block)
    {
        if (block.Length < 512)
            return false;

        string digits = block.Substring(148, 8).Trim('\0', ' ');
        int sum = block.Sum(static character => character) - block.Substring(148, 8).Sum(static character => character) + (8 * ' ');
        return digits.Length > 0 && digits.All(static digit => digit is >= '0' and <= '7') && Convert.ToInt32(digits, 8) == sum;
    }
}
