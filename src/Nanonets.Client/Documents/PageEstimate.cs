using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

namespace Nanonets.Documents;

/// <summary>
/// How many pages a document has, as far as that shows without reading it as the service does: pictures have one, of a PDF the page objects
/// are counted where they can be seen. An estimate, good enough for a forecast and for pace; what was really counted comes with the answer.
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
        while (read < bytes.Length
            && (more = opened.ReadAsync(bytes, read, bytes.Length - read, CancellationToken.None).GetAwaiter().GetResult()) > 0)
            read += more;
        return Of(bytes, count, opened.Length);
    }

    private static int Of(byte[] bytes, int count, long length) => MediaType.OfKnown(
        bytes.AsSpan(0, Math.Min(count, MediaType.SignatureWindow))) switch
    {
        "application/pdf" => Pdf(bytes, count, length),
        "image/tiff" => Tiff(bytes, count, length),
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

    /// <summary>
    /// Follows the chain of directories of a TIFF, in its 32-bit or its 64-bit form. A chain that comes back to a directory ends there.
    /// </summary>
    private static int Tiff(byte[] bytes, int count, long length)
    {
        bool little = bytes[0] == (byte)'I';
        bool isBig = Number(bytes, count, 2, 2, little) == 43;
        (int offsetSize, int countSize, int entrySize, int first) = isBig ? (8, 8, 20, 8) : (4, 2, 12, 4);
        var seen = new HashSet<long>();
        long at = Number(bytes, count, first, offsetSize, little);
        while (at > 0 && at <= count - countSize && seen.Add(at))
        {
            long entries = Number(bytes, count, at, countSize, little);
            at = entries is > 0 and <= ushort.MaxValue
                ? Number(bytes, count, at + countSize + (entries * entrySize), offsetSize, little)
                : 0;
        }

        // What lies behind the bytes that were looked at goes on as it began.
        bool goesOn = at >= count && at < length && seen.Count > 0;
        return goesOn ? (int)Math.Max(seen.Count + 1, seen.Count * (double)length / at) : Math.Max(1, seen.Count);
    }

    /// <summary>A number of the file; 0 where it ends before.</summary>
    private static long Number(byte[] bytes, int count, long at, int size, bool little)
    {
        if (at < 0 || at > count - size)
            return 0;

        long number = 0;
        for (int i = 0; i < size; i++)
            number = (number << 8) | bytes[at + (little ? size - 1 - i : i)];
        return number;
    }

    private static readonly Encoding s_latin1 = Encoding.GetEncoding("iso-8859-1");
}
