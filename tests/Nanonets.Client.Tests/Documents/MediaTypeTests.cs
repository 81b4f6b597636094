using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Nanonets.Documents;

namespace Nanonets.Client.Tests.Documents;

/// <summary>
/// A document is what its first bytes say. A PDF may have something before its header; another format that holds a PDF is not one.
/// </summary>
public class MediaTypeTests
{
    private const string Invoice = "%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\n";

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n \n")]
    [InlineData("\0\0\0\0")]
    [InlineData("\u001B%-12345X@PJL JOB\r\n@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE=PDF\r\n")]
    [InlineData("@PJL ENTER LANGUAGE=PDF\r\n")]
    [InlineData("scanned by device 7\n")]
    [InlineData("%!PS-Adobe-3.0 PDF-1.4\n")]
    [InlineData("PK is not enough: ")]
    [InlineData("Rarely: ")]
    [InlineData("BMW invoice ")]
    public void Junk_before_the_header_of_a_PDF_is_allowed(string junk) => Assert.Equal("application/pdf", Of(junk + Invoice));

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C")]
    [InlineData("Rar!\u001A\u0007\u0000")]
    [InlineData("Rar!\u001A\u0007\u0001\u0000")]
    [InlineData("\u001F\u008B\u0008\u0000")]
    [InlineData("BZh91AY&SY")]
    [InlineData("\u00FD7zXZ\u0000")]
    [InlineData("\u0028\u00B5\u002F\u00FD")]
    [InlineData("MSCF\0\0\0\0")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0005\u0006")]
    [InlineData("PK\u0007\u0008PK\u0003\u0004")]
    [InlineData("From sender@example.com Mon Mar 17 10:00:00 2025\n")]
    [InlineData("Received: from mail.example.com\r\nSubject: invoice\r\n\r\n")]
    [InlineData("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf\r\n\r\n")]
    [InlineData("X-Mailer: anything\r\nsubject: a\r\n\r\n")]
    [InlineData("<!DOCTYPE html><html><body><pre>")]
    [InlineData("\uFEFF\r\n  <HTML><body>")]
    [InlineData("<?xml version=\"1.0\"?><x>")]
    [InlineData("{\\rtf1\\ansi ")]
    [InlineData("MZ\u0090\0\u0003\0\0\0")]
    public void Another_format_that_holds_a_PDF_is_refused(string head) => Assert.Null(Of(head + Invoice));

    [Fact]
    public void A_ZIP_and_a_TAR_of_PDFs_are_refused()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.pdf", CompressionLevel.NoCompression).Open();
            entry.Write(Encoding.Latin1.GetBytes(Invoice));
        }

        Assert.Null(MediaType.OfKnown(zip.ToArray()));
        foreach (TarEntryFormat format in new[] { TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu })
        {
            Assert.Null(MediaType.OfKnown(Tar(format, "a.pdf").AsSpan(0, 1024)));
            Assert.Null(MediaType.OfKnown(Tar(format, "%PDF-1.4").AsSpan(0, 1024)));
        }
    }

    [Fact]
    public void A_ZIP_of_three_invoices_is_refused() =>
        Assert.Null(
            MediaType.OfKnown(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "hostile", "three.zip")).AsSpan(0, 1024)));

    [Fact]
    public void A_picture_that_speaks_of_a_PDF_is_a_picture()
    {
        Assert.Equal("image/png", MediaType.OfKnown([0x89, .. "PNG\r\n\x1A\n"u8, .. Encoding.Latin1.GetBytes(Invoice)]));
        Assert.Equal("image/jpeg", MediaType.OfKnown([0xFF, 0xD8, 0xFF, 0xE1, .. Encoding.Latin1.GetBytes(Invoice)]));
        Assert.Equal("image/tiff", MediaType.OfKnown([.. "II*\0"u8, .. Encoding.Latin1.GetBytes(Invoice)]));
    }

    [Fact]
    public void The_header_counts_within_the_first_kilobyte_only()
    {
        Assert.Equal("application/pdf", Of(new string('x', 1019) + "%PDF-"));
        Assert.Null(Of(new string('x', 1020) + "%PDF-"));
    }

    [Fact]
    public void Any_beginning_is_read_without_failing()
    {
        var random = new Random(7);
        for (int length = 0; length < 600; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            _ = MediaType.OfKnown(bytes);
            _ = MediaType.OfKnown(Enumerable.Repeat((byte)(length & 0xFF), length).ToArray());
        }
    }

    private static byte[] Tar(TarEntryFormat format, string name)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                _ => new GnuTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(Encoding.Latin1.GetBytes(Invoice));
            writer.WriteEntry(entry);
        }

        return tar.ToArray();
    }

    private static string? Of(string text)
    {
        byte[] bytes =
            [.. text.SelectMany(static character => character == '\uFEFF' ? new byte[] { 0xEF, 0xBB, 0xBF } : [(byte)character])];
        return MediaType.OfKnown(bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SignatureWindow)));
    }}
