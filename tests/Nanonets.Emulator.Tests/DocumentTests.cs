using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>
/// Real documents against what is true of them. Pictures have their own pixels as stored; pages of PDFs are as displayed (turned by their
/// /Rotate entry) at 200 dots per inch. A value read from a text layer is right or absent.
/// </summary>
public class DocumentTests
{
    private static readonly string[] s_fields = ["invoice_number", "invoice_date", "total_amount"];

    private static readonly Lazy<IReadOnlyList<(JsonElement Truth, ReadDocument? Read)>> s_documents = new(() =>
    [
        .. JsonDocument.Parse(File.ReadAllBytes(Repository.Find("tests/Data/documents.json"))).RootElement.EnumerateArray()
            .Select(
                static truth => (truth, DocumentReader.Read(File.ReadAllBytes(Repository.Find(truth.GetProperty("file").GetString()!))))),
    ]);

    [Fact]
    public void Unreadable_and_locked_documents_are_refused()
    {
        foreach ((JsonElement truth, ReadDocument? read) in s_documents.Value)
            Assert.True(truth.TryGetProperty("refused", out _) == read is null, truth.ToString());
    }

    [Fact]
    public void Pages_and_sizes_are_those_of_the_document()
    {
        foreach ((JsonElement truth, ReadDocument? read) in s_documents.Value.Where(static document => document.Read is not null))
        {
            Assert.True(Sizes(truth).SequenceEqual(read!.Pages.Select(static page => (page.Width, page.Height))), truth.ToString());
            Assert.All(read.Pages, page => Assert.All(page.Words, word =>
                Assert.True(word.XMin <= word.XMax && word.YMin <= word.YMax && word.Text.Length > 0)));
        }
    }

    [Fact]
    public void Values_are_right_or_absent_and_two_thirds_are_there()
    {
        int known = 0;
        int found = 0;
        foreach ((JsonElement truth, ReadDocument? read)
            in s_documents.Value.Where(static document => document.Truth.TryGetProperty("invoice_number", out _)))
        {
            foreach (string label in s_fields)
            {
                string?[] texts = [.. read!.Pages.SelectMany(static page => page.Fields).Where(field => field.Label == label)
                    .Select(static field => field.Text)];
                Assert.All(texts, text => Assert.Equal(truth.GetProperty(label).GetString(), text));
                known++;
                found += texts.Length > 0 ? 1 : 0;
            }
        }

        Assert.True(known >= 30, $"{known}");
        Assert.True(found * 3 >= known * 2, $"{found} of {known}");
    }

    [Fact]
    public void Line_items_are_read_over_all_pages()
    {
        ReadDocument invoice = Read("itemised-invoice-10-pages.pdf");
        Assert.Equal(
            282, invoice.Pages.SelectMany(static page => page.Tables).Sum(static table => table.Cells.Max(static cell => cell.Row)));
        ReadTable table = Assert.Single(Read("contoso-invoice-inv-100.pdf").Pages[0].Tables);
        Assert.Equal("$100.00", table.Cells.Single(static cell => cell.Label == "amount").Text);
    }

    [Fact]
    public void Pictures_have_no_words_and_no_values()
    {
        foreach ((JsonElement truth, ReadDocument? read)
            in s_documents.Value.Where(static document => document.Truth.TryGetProperty("pixels", out _)))
            Assert.All(read!.Pages, page => Assert.True(page.Words.Count + page.Fields.Count + page.Tables.Count == 0, truth.ToString()));
    }

    [Fact]
    public void Page_pictures_have_the_size_of_the_page()
    {
        foreach ((JsonElement truth, ReadDocument? read) in s_documents.Value.Where(static document => document.Read is not null))
        {
            byte[] content = File.ReadAllBytes(Repository.Find(truth.GetProperty("file").GetString()!));
            ReadPage page = read!.Pages[^1];
            (byte[] picture, string type) = PagePicture.Draw(content, read, read.Pages.Count - 1);
            if (type == "image/svg+xml")
            {
                string svg = System.Text.Encoding.UTF8.GetString(picture);
                Assert.Contains($"width=\"{page.Width}\"", svg);
                Assert.Contains($"height=\"{page.Height}\"", svg);
            }
            else
            {
                Assert.Equal((page.Width, page.Height),
                    DocumentReader.Read(picture)!.Pages.Select(static drawn => (drawn.Width, drawn.Height)).Single());
            }
        }
    }

    [Fact]
    public async Task The_api_refuses_and_reads_the_same_documents()
    {
        await using Caller caller = await Caller.StartAsync();
        foreach (string name in (string[])["zero-byte.pdf", "truncated.pdf", "plain-text-renamed.pdf", "encrypted-user-password.pdf"])
        {
            Reply refused = await UploadAsync(name);
            Assert.Equal((400, "Incorrect image"), (refused.Status, refused.Reason));
        }

        Reply read = await UploadAsync("encrypted-owner-only.pdf");
        Assert.Contains("LKR-0091", read.Text);
        Assert.Single(caller.Emulator.Billing.Charges);

        Task<Reply> UploadAsync(string name) =>
            caller.SendAsync(System.Net.Http.HttpMethod.Post, $"OCR/Model/{caller.Model}/LabelFile/",
                Caller.Form((name, File.ReadAllBytes(Repository.Find("tests/Data/documents/" + name)))));
    }

    private static ReadDocument Read(string name) =>
        s_documents.Value.Single(
            document => document.Truth.GetProperty("file").GetString()!.EndsWith("/" + name, StringComparison.Ordinal)).Read!;

    private static IEnumerable<(int, int)> Sizes(JsonElement truth)
    {
        bool isPdf = truth.TryGetProperty("points", out JsonElement sizes);
        bool turned = truth.TryGetProperty("rotated", out _);
        foreach (JsonElement size in isPdf ? sizes.EnumerateArray() : truth.GetProperty("pixels").EnumerateArray())
        {
            (int width, int height) = (Pixels(size[0].GetDouble()), Pixels(size[1].GetDouble()));
            yield return turned ? (height, width) : (width, height);
        }

        int Pixels(double length) => isPdf ? (int)Math.Round(length * 200 / 72) : (int)length;
    }
}
