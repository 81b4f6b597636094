using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BitMiracle.LibTiff.Classic;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>Odd and hostile files: each is read or refused, and the emulator lives on with its state.</summary>
public class HostileDocumentTests
{
    [Theory]
    [InlineData("form-two-cycle.pdf")]
    [InlineData("REDHAT-1531897-0.pdf")]
    [InlineData("three.zip")]
    public async Task A_file_that_nobody_can_read_is_refused_and_the_emulator_keeps_its_state(string name)
    {
        await using Caller caller = await Caller.StartAsync();
        Assert.Equal(
            200, (await UploadAsync(caller, "bei-spiel-rechnung-505.pdf", Document("documents/bei-spiel-rechnung-505.pdf"))).Status);
        Reply refused = await UploadAsync(caller, name, Document("hostile/" + name));
        Assert.Equal((400, "Incorrect image"), (refused.Status, refused.Reason));
        Assert.Equal(200, (await UploadAsync(caller, "again.pdf", Document("documents/bei-spiel-rechnung-505.pdf"))).Status);
        Assert.Equal(2, caller.Emulator.Billing.Charges.Count);
    }

    [Theory]
    [InlineData("boundingBox_invalid.pdf", 3)]
    [InlineData("clippath.pdf", 1)]
    [InlineData("bigtiff-1.tif", 1)]
    [InlineData("tiff-ifd-loop.tif", 1)]
    public void What_viewers_show_has_its_pages(string name, int pages)
    {
        ReadDocument document = Assert.IsType<ReadDocument>(DocumentReader.Read(Document("hostile/" + name)));
        Assert.Equal(pages, document.Pages.Count);
        Assert.All(document.Pages, static page => Assert.True(page is { Width: > 0, Height: > 0 }));
    }

    [Fact]
    public void A_page_that_cannot_be_parsed_is_a_page_without_words()
    {
        byte[] good = Document("documents/zugferd-teilrechnung-3-pages.pdf");
        ReadDocument whole = DocumentReader.Read(good)!;
        Assert.Equal(3, whole.Pages.Count);
        byte[] mixed = Pdf(
            "BT /F1 12 Tf 50 700 Td (Hello) Tj ET", "0 0 0 0 0 rg 1 2 3 4 5 6 7 cm W n /x gs (", "BT /F1 12 Tf 50 700 Td (World) Tj ET");
        ReadDocument document = DocumentReader.Read(mixed)!;
        Assert.Equal(3, document.Pages.Count);
        Assert.Equal("Hello", Assert.Single(document.Pages[0].Words).Text);
        Assert.Equal("World", Assert.Single(document.Pages[2].Words).Text);
    }

    [Theory]
    [InlineData("PK\u0003\u0004")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C")]
    [InlineData("Rar!\u001A\u0007\u0001\0")]
    [InlineData("\u001F\u008B\u0008\0")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1")]
    [InlineData("Received: from x\r\nSubject: y\r\n\r\n")]
    [InlineData("\u00EF\u00BB\u00BF <!DOCTYPE html>")]
    public void Another_format_that_holds_a_PDF_is_no_document(string head) =>
        Assert.Null(DocumentReader.Read([.. Encoding.Latin1.GetBytes(head), .. Document("documents/bei-spiel-rechnung-505.pdf")]));

    [Theory]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\u001B%-12345X@PJL ENTER LANGUAGE=PDF\r\n")]
    [InlineData("junk\n")]
    public void What_may_stand_before_a_PDF_is_no_hindrance(string head) =>
        Assert.Equal(DocumentKind.Pdf, DocumentReader.KindOf([.. Encoding.Latin1.GetBytes(head), .. "%PDF-1.4"u8]));

    [Theory]
    [InlineData(Compression.CCITTFAX4)]
    [InlineData(Compression.CCITTFAX3)]
    [InlineData(Compression.PACKBITS)]
    [InlineData(Compression.LZW)]
    [InlineData(Compression.ADOBE_DEFLATE)]
    [InlineData(Compression.NONE)]
    public void A_TIFF_page_is_drawn_as_it_is_whatever_its_compression(Compression compression)
    {
        byte[] fax = Fax(compression, 2);
        ReadDocument document = DocumentReader.Read(fax)!;
        Assert.Equal([(64, 48), (64, 48)], document.Pages.Select(static page => (page.Width, page.Height)));
        (byte[] first, string type) = PagePicture.Draw(fax, document, 0);
        (byte[] second, _) = PagePicture.Draw(fax, document, 1);
        Assert.Equal("image/png", type);
        Assert.Equal((64, 48), DocumentReader.Read(first)!.Pages.Select(static page => (page.Width, page.Height)).Single());
        Assert.NotEqual(first, second);
        (byte[] plain, _) = PagePicture.Draw(Fax(Compression.NONE, 2), document, 0);
        Assert.Equal(plain, first);
    }

    [Fact]
    public void A_TIFF_that_was_cut_off_is_refused()
    {
        byte[] whole = Document("documents/phototest-text.tif");
        Assert.NotNull(DocumentReader.Read(whole));
        foreach (int length in new[] { 4, 9, 100, whole.Length / 2 })
            Assert.Null(DocumentReader.Read(whole[..length]));
    }

    private static Task<Reply> UploadAsync(Caller caller, string name, byte[] content) =>
        caller.SendAsync(System.Net.Http.HttpMethod.Post, $"OCR/Model/{caller.Model}/LabelFile/", Caller.Form((name, content)));

    private static byte[] Document(string name) => File.ReadAllBytes(Repository.Find("tests/Data/" + name));

    /// <summary>Black and white pages, each with a bar of its own width.</summary>
    private static byte[] Fax(Compression compression, int pages)
    {
        using var content = new MemoryStream();
        using (Tiff tiff = Tiff.ClientOpen("made", "w", content, new TiffStream()))
        {
            for (int page = 0; page < pages; page++)
            {
                tiff.SetField(TiffTag.IMAGEWIDTH, 64);
                tiff.SetField(TiffTag.IMAGELENGTH, 48);
                tiff.SetField(TiffTag.BITSPERSAMPLE, 1);
                tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
                tiff.SetField(TiffTag.ROWSPERSTRIP, 48);
                tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISWHITE);
                tiff.SetField(TiffTag.COMPRESSION, compression);
                for (int row = 0; row < 48; row++)
                    tiff.WriteScanline([0xFF, page == 0 ? (byte)0 : (byte)0xFF, 0, 0, 0, 0, 0, 0], row);
                tiff.WriteDirectory();
            }

            return content.ToArray();
        }
    }

    /// <summary>A PDF of pages with these contents.</summary>
    private static byte[] Pdf(params string[] contents)
    {
        List<string> objects = ["<< /Type /Catalog /Pages 2 0 R >>", string.Empty,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
        var kids = new List<int>();
        foreach (string content in contents)
        {
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
            objects.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
                + $"/Contents {objects.Count} 0 R >>");
            kids.Add(objects.Count);
        }

        objects[1] = $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(static kid => $"{kid} 0 R"))}] >>";
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Count; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (int offset in offsets)
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
