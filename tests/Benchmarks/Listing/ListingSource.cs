using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace Nanonets.Benchmarks.Listing;

/// <summary>
/// A listing as the service gives it, of any number of pages, made while it is sent: the stored page as it was recorded, with four fields,
/// in the service's one line. Only its ids differ from page to page; they have one length, so that the length of all is known.
/// </summary>
internal static class ListingSource
{
    private const string ModelPrefix = "listing-";
    private const string ArrayPrefix = "/listing-array/";
    private const int PagesInBlock = 64;
    private const string Number = "00000000";

    private static readonly string s_page =
        """
        {"model_id":"3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11","day_since_epoch":20164,"is_moderated":false,"hour_of_day":9,"id":"#-033b-11f0-9c4d-02a4c6e8f013",
        "url":"uploadedfiles/3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11/PredictionImages/#-1-4b7a.jpeg","predicted_boxes":[*],"moderated_boxes":[],"size":{"width":1654,"height":2339},"page":0,
        "request_file_id":"#-b050-4f5b-938f-aac72a145a63","original_file_name":"invoice-#.pdf","custom_response":null,"assigned_member":"","is_deleted":false,"source":"api",
        "no_of_fields":4,"cost":0,"payable_cost":0.1,"status":"success","export_status":"","retries":0,"rotation":0,"updated_at":"#-033b-11f0-9c4d-02a4c6e8f013",
        "verified_at":"#-033b-11f0-9c4d-02a4c6e8f013","verified_by":"","current_stage_id":"ffffffff-ffff-ffff-ffff-ffffffffffff","uploaded_by":"owner@example.com","upload_channel":"api",
        "file_url":"uploadedfiles/3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11/RawPredictions/#.pdf","request_metadata":"po-#","raw_ocr":[],"delay_post_prediction_tasks":false,"approval_status":"",
        "file_metadata":{"duplicate":false},"processing_type":"async","assigned_members":[]}
        """.ReplaceLineEndings(string.Empty).Replace("*", string.Join(
            ',', Box("invoice_number"), Box("invoice_date"), Box("seller_name"), Box("total_amount")));

    /// <summary>How long a page is, with the comma behind it.</summary>
    public static int PageLength { get; } = s_page.Replace("#", Number, StringComparison.Ordinal).Length + 1;

    /// <summary>The model whose listing has so many pages.</summary>
    public static string ModelOf(int pages) => string.Create(CultureInfo.InvariantCulture, $"{ModelPrefix}{pages}");

    /// <summary>Path of the same pages as one bare array.</summary>
    public static string ArrayOf(int pages) => string.Create(CultureInfo.InvariantCulture, $"{ArrayPrefix}{pages}");

    /// <summary>Whether a request asks for pages.</summary>
    public static bool Answers(string target) => target.StartsWith(ArrayPrefix, StringComparison.Ordinal)
        || (target.Contains("/ImageLevelInferences", StringComparison.Ordinal) && target.Contains(ModelPrefix, StringComparison.Ordinal));

    /// <summary>Answers it.</summary>
    public static async Task WriteAsync(Stream stream, string target)
    {
        bool bare = target.StartsWith(ArrayPrefix, StringComparison.Ordinal);
        string number = bare ? target[ArrayPrefix.Length..]
            : target[(target.IndexOf(ModelPrefix, StringComparison.Ordinal) + ModelPrefix.Length)..].Split('/')[0];
        int count = int.Parse(number, CultureInfo.InvariantCulture);
        byte[] before = Encoding.ASCII.GetBytes(bare
            ? "["
            : $$"""{"moderated_images_count":0,"unmoderated_images_count":{{count}},"moderated_images":[],"unmoderated_images":[""");
        byte[] after = Encoding.ASCII.GetBytes(bare ? "]" : """],"signed_urls":{}}""");
        long length = before.Length + ((long)count * PageLength) - 1 + after.Length;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
                + $"{DateTimeOffset.UtcNow:R}\r\nContent-Length: {length}\r\n\r\n")));
        await stream.WriteAsync(before);
        var block = new PageBlock(s_page, PagesInBlock);
        for (int first = 0; first < count; first += PagesInBlock)
        {
            int pages = Math.Min(PagesInBlock, count - first);
            await stream.WriteAsync(block.From(first, (pages * PageLength) - (first + pages == count ? 1 : 0)));
        }

        await stream.WriteAsync(after);
    }

    private static string Box(string label) =>
        $$"""
        {"id":"#-8d0e-4b7a-9c41-5e2f7d9a0b11","label":"{{label}}","xmin":1120,"ymin":148,"xmax":1404,"ymax":186,"score":0.9712,"ocr_text":"value # of {{label}}","status":"correctly_predicted","type":"field","page":0,"label_id":"#-4b7a-8d0e-9c41-5e2f7d9a0b11"}
        """;

    /// <summary>Some pages, one behind the other, whose numbers are written anew for each use.</summary>
    private sealed class PageBlock
    {
        private readonly byte[] _bytes;
        private readonly int[] _places;
        private readonly int _count;

        public PageBlock(string page, int count)
        {
            _count = count;
            string filled = page.Replace("#", Number, StringComparison.Ordinal) + ",";
            _bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(filled, count)));
            _places = [.. Enumerable.Range(0, page.Length).Where(i => page[i] == '#')
                .Select(static (at, before) => at + (before * (Number.Length - 1)))];
        }

        public ReadOnlyMemory<byte> From(int first, int length)
        {
            for (int i = 0; i < _count; i++)
            {
                foreach (int place in _places)
                    (first + i).TryFormat(
                        _bytes.AsSpan((i * PageLength) + place, Number.Length), out _, "x8", CultureInfo.InvariantCulture);
            }

            return _bytes.AsMemory(0, length);
        }
    }
}
