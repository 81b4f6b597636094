using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

namespace Nanonets.Documents;

/// <summary>
/// How many pages a document has, as far as that shows without reading it as the service does: pictures have one, of a PDF the page objects are counted where they can be seen. An
/// estimate, good enough for a forecast and for pace; what was really counted comes with the answer.
/// </summary>
internal static class PageEstimate
{
    /// <summary>Most that is looked at; a longer document is projected.</summary>
    private const int Window = 4 * 1024 * 1024;

    /// <summary>Where the pages of a PDF are packed out of sight.</summary>
    private const int BytesPerPage = 60 * 1024;

    private static readonly Regex s_page = new(@"/Type\s*/Page(?![a-zA-Z])", RegexOptions.CultureInvariant);
    private static readonly Regex s_count = new(@"/Count\s+(?<count>[0-9]{1,6})", RegexOptions.CultureInvariant);

    /// <summary>The pages of a document, at least 1.</summary>
    /// <exception cref="NanonetsException">It cannot be read.</exception>
    public static int Of(UploadSource source)
    {
        if (source.Form == UploadForm.Url)
            return 1;

        OpenedSource opened = source.Open();
        try
        {
            return Of(opened);
        }
        catch (SourceFailure failure)
        {
            throw failure.ToException();
        }
        finally
        {
            source.Keep(opened);
        }
    }

    private static int Of(OpenedSource opened)
    {
        int count = (int)Math.Min(Window, opened.Length);
        if (opened.TakeWhole() is { } whole)
        {
            int pages = Of(whole, count, opened.Length);
            opened.ReturnWhole();
            return pages;
        }

        var bytes = new byte[count];
        int read = 0;
        int more;
        while (read < bytes.Length && (more = opened.ReadAsync(bytes, read, bytes.Length - read, CancellationToken.None).GetAwaiter().GetResult()) > 0)
            read += more;
        return Of(bytes, count, opened.Length);
    }

    private static int Of(byte[] bytes, int count, long length) => MediaType.OfKnown(bytes.AsSpan(0, Math.Min(count, MediaType.SignatureWindow))) switch
    {
        "application/pdf" => Pdf(bytes, count, length),
        "image/tiff" => Tiff(bytes, count),
        _ => 1,
    };

    private static int Pdf(byte[] bytes, int count, long length)
    {
        // One character a byte: what is compressed looks like anything and matches nothing.
        string text = s_latin1.GetString(bytes, 0, count);
        int pages = 0;
        for (Match page = s_page.Match(text); page.Success; page = page.NextMatch())
            pages++;
        if (pages > 0)
            return length > count ? (int)Math.Min(int.MaxValue, pages * (double)length / count) : pages;

        int largest = 0;
        foreach (Match match in s_count.Matches(text))
            largest = Math.Max(largest, int.Parse(match.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture));
        return largest > 0 ? largest : (int)Math.Max(1, length / BytesPerPage);
    }

    /// <summary>Follows the chain of directories of a classic TIFF.</summary>
    private static int Tiff(byte[] bytes, int count)
    {
        bool little = bytes[0] == (byte)'I';
        int pages = 0;
        long at = Number(bytes, count, 4, 4, little);
        for (; at > 0 && at + 2 <= count && pages < 10_000; pages++)
            at = Number(bytes, count, at + 2 + (12 * Number(bytes, count, at, 2, little)), 4, little);
        return Math.Max(1, pages);
    }

    private static long Number(byte[] bytes, int count, long at, int size, bool little)
    {
        if (at < 0 || at + size > count)
            return 0;

        long number = 0;
        for (int i = 0; i < size; i++)
            number = (number << 8) | bytes[at + (little ? size - 1 - i : i)];
        return number;
    }

    private static readonly Encoding s_latin1 = Encoding.GetEncoding("iso-8859-1");
}
