using System;
using System.IO;
using System.Linq;
using System.Text;
using Nanonets.Downloading;

namespace Nanonets.Client.Tests.Downloading;

public class SafeNameTests
{
    [Theory]
    [InlineData("invoice.pdf", "invoice.pdf")]
    [InlineData("Rechnung Müller & Söhne Nr. 42 – 請求書 №1.pdf", "Rechnung Müller & Söhne Nr. 42 – 請求書 №1.pdf")]
    [InlineData("emoji 👩‍👧.pdf", "emoji 👩‍👧.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\win.ini", "win.ini")]
    [InlineData("C:\\x\\y.pdf", "y.pdf")]
    [InlineData("C:y.pdf", "C_y.pdf")]
    [InlineData("a<b>c:d\"e|f?g*h.pdf", "a_b_c_d_e_f_g_h.pdf")]
    [InlineData("a\0b\rc\nd\u001B[31m.pdf", "a_b_c_d_[31m.pdf")]
    [InlineData("fdp.\u202Eexe", "fdp._exe")]
    [InlineData("name. . .", "name")]
    [InlineData("  name.pdf  ", "name.pdf")]
    [InlineData(".bashrc", "_bashrc")]
    [InlineData("con", "_con")]
    [InlineData("NUL.pdf", "_NUL.pdf")]
    [InlineData("com1.tar.gz", "_com1.tar.gz")]
    [InlineData("LPT¹.pdf", "_LPT¹.pdf")]
    [InlineData("aux .pdf", "_aux .pdf")]
    [InlineData("console.pdf", "console.pdf")]
    [InlineData("", "the-id")]
    [InlineData(null, "the-id")]
    [InlineData("..", "the-id")]
    [InlineData("a/", "the-id")]
    [InlineData(" . ", "the-id")]
    public void Any_name_becomes_one_that_every_system_takes(string? name, string expected) =>
        Assert.Equal(expected, SafeName.Of(name, "the-id"));

    [Fact]
    public void Half_characters_are_replaced() => Assert.Equal("a_b_.pdf", SafeName.Of("a\uD800b\uDC00.pdf", "x"));

    [Fact]
    public void A_fallback_is_made_safe_too() => Assert.Equal("document", SafeName.Of("", "../.."));

    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    [InlineData("請")]
    [InlineData("👩‍👧")]
    [InlineData("e\u0301")]
    public void A_long_name_keeps_its_extension_and_is_cut_between_characters(string character)
    {
        string name = string.Concat(Enumerable.Repeat(character, 300));
        string safe = SafeName.Of(name + ".pdf", "x", " (2)");
        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 200, 255);
        Assert.EndsWith(" (2).pdf", safe);
        string stem = safe[..^" (2).pdf".Length];
        Assert.Equal(string.Concat(Enumerable.Repeat(character, stem.Length / character.Length)), stem);
    }

    [Fact]
    public void Every_safe_name_can_be_a_file()
    {
        string folder = Directory.CreateTempSubdirectory("nanonets-names-").FullName;
        foreach (string name in (string[])["con", "a\0b", "../x", new string('請', 400), ". .", "nul.", "\u202Etxt", "a\uD800"])
        {
            string safe = SafeName.Of(name, "x");
            File.WriteAllText(Path.Combine(folder, safe), "");
            Assert.Equal(folder, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, safe))));
            Assert.True(File.Exists(Path.Combine(folder, safe)));
        }

        Directory.Delete(folder, true);
    }

    [Fact]
    public void Two_documents_never_share_a_name()
    {
        var names = new NameBook();
        PageResult[] pages = [.. new[] { "a.pdf", "A.pdf", "a.png", "e\u0301.pdf", "\u00E9.pdf", "a (2).pdf" }.Select(
            (name, i) => new PageResult { RequestFileId = $"f{i}", Input = name })];
        Assert.Equal(["a.pdf", "A (2).pdf", "a.png", "e\u0301.pdf", "\u00E9 (2).pdf", "a (2) (2).pdf"], pages.Select(names.OfDocument));
        Assert.Equal("a.pdf", names.OfDocument(new PageResult { RequestFileId = "f0", Input = "a.pdf", Page = 1 }));
        Assert.Equal("A (2).pdf.page-1.jpeg", names.OfPage(pages[1], "", ".jpeg"));
        Assert.Equal("A (2).pdf.page-1.thumbnail.jpeg", names.OfPage(pages[1], ".thumbnail", ".jpeg"));
    }

    [Theory]
    [InlineData("uploadedfiles/m/PredictionImages/u.jpeg", ".jpeg")]
    [InlineData("a.b/c", "")]
    [InlineData("x.ph%70", "")]
    [InlineData("x.", "")]
    [InlineData(null, "")]
    public void The_extension_of_a_key_is_taken_where_it_is_one(string? key, string expected) =>
        Assert.Equal(expected, FileType.OfKey(key));

    [Theory]
    [InlineData("/o/a.jpeg", "image/jpeg", true, "/o/a.jpeg")]
    [InlineData("/o/a.pdf.page-1.jpeg", "image/svg+xml", true, "/o/a.pdf.page-1.svg")]
    [InlineData("/o/a.jpeg", "text/html", true, "/o/a.jpeg")]
    [InlineData("/o/a.jpeg", null, true, "/o/a.jpeg")]
    [InlineData("/o/a", "application/pdf", false, "/o/a.pdf")]
    [InlineData("/o/a.pdf", "image/png", false, "/o/a.pdf")]
    public void The_extension_says_what_the_file_is(string path, string? contentType, bool isPicture, string expected) =>
        Assert.Equal(expected, FileType.Correct(path, contentType, isPicture));
}
