using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Sending;
using Nanonets.Sending.Reconciliation;

namespace Nanonets.Client.Tests.Sending;

/// <summary>The listing as looking reads it: whole or not at all, however large the day was.</summary>
[Collection(RunsAlone.Name)]
public class UploadListerTests
{
    private const string TagId = "0123456789abcdef0123";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_of_a_hundred_thousand_uploads_takes_little_memory()
    {
        const int uploads = 100_000;
        using var test = new TestClient();
        long before = GC.GetTotalMemory(true);
        long peak = 0;
        IEnumerable<byte[]> Body()
        {
            yield return Encoding.UTF8.GetBytes(
                $$"""{"moderated_images_count":0,"unmoderated_images_count":{{uploads}},"moderated_images":[],"unmoderated_images":[""");
            string rest = new('x', 1500);
            for (int i = 0; i < uploads; i++)
            {
                if (i % 10_000 == 0)
                    peak = Math.Max(peak, GC.GetTotalMemory(true) - before);
                string metadata = i == 77_777 ? $"nn1.{TagId}.1" : $"nn1.{TagId[..14]}{i:000000}.1";
                yield return Encoding.UTF8
                    .GetBytes(
                        $$"""
                        {{(i == 0 ? "" : ",")}}{"id":"p{{i}}","request_file_id":"f{{i}}","original_file_name":"d.pdf","request_metadata":"{{metadata}}","raw_ocr":"{{rest}}"}
                        """);
            }

            yield return "],\"signed_urls\":{}}"u8.ToArray();
        }

        test.Respond(
            _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream(Body())) }));
        List<ListedUpload> found = await ListAsync(test, page => page.Tag?.Id == TagId);
        Assert.Equal("f77777", Assert.Single(found).RequestFileId);
        Assert.InRange(peak, long.MinValue, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_listing_that_breaks_off_is_asked_for_again()
    {
        using var test = new TestClient();
        string whole = Listing(2, 2);
        test.AnswerInTurn(whole[..(whole.Length * 2 / 3)], (HttpStatusCode.BadGateway, "<html>"), whole);
        List<ListedUpload> found = await ListAsync(test, _ => true);

        // What a part had shown comes again with the whole.
        Assert.Equal(["f0", "f1"], found.Select(page => page.RequestFileId).Distinct());
        Assert.Equal(3, test.Traces.Count);
    }

    [Theory]
    [InlineData("""{"unmoderated_images":[]}""", "both its lists")]
    [InlineData("""{"moderated_images":[]}""", "both its lists")]
    [InlineData("counted", "it counts 3 pages and holds 2")]
    public async Task What_may_lack_pages_proves_nothing(string body, string why)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, body == "counted" ? Listing(2, 3) : body);
        var failure = await Assert.ThrowsAsync<NanonetsException>(() => ListAsync(test, _ => true));
        Assert.Equal(NanonetsErrorId.InvalidResponse, failure.ErrorId);
        Assert.Contains(why, failure.Message);
    }

    private static async Task<List<ListedUpload>> ListAsync(TestClient test, Func<ListedUpload, bool> isWanted)
    {
        var found = new List<ListedUpload>();
        await test.Client.ListUploadsAsync(
            TestClient.Model, 1, 1,
            files =>
            {
                found.AddRange(files.Where(isWanted));
                return Task.CompletedTask;
            },
            test, Cancel);
        return found;
    }

    private static string Listing(int pages, int counted)
    {
        string list = string.Join(",", Enumerable.Range(0, pages).Select(i => $$"""{"id":"p{{i}}","request_file_id":"f{{i}}"}"""));
        return $$"""{"moderated_images":null,"unmoderated_images":[{{list}}],"unmoderated_images_count":{{counted}}}""";
    }
}
