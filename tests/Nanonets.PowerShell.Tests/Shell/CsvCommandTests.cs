using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>The shell's own Export-Csv and Import-Csv, where they agree with the real ones.</summary>
public class CsvCommandTests
{
    [Fact]
    public async Task Everything_comes_back_as_text_also_quotes_commas_and_ends_of_lines()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run("""
            [pscustomobject]@{ Name = 'a "b", c'; Note = "two`r`nlines"; Nothing = $null; Number = 1.5 }, [pscustomobject]@{ Name = 'second'; Number = 2 } | Export-Csv x.csv -NoTypeInformation
            Import-Csv x.csv
            """);
        Assert.Equal(["a \"b\", c", "second"], result.Values("Name"));
        Assert.Equal(["two\r\nlines", ""], result.Values("Note"));
        Assert.Equal(["1.5", "2"], result.Values("Number"));
        Assert.Equal(["Name", "Note", "Nothing", "Number"], result.Output[0].Properties.Select(static property => property.Name));
    }

    [Theory]
    [InlineData("UTF8", false)]
    [InlineData("utf8BOM", true)]
    public async Task The_mark_is_written_where_it_is_asked_for(string encoding, bool marked)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Run($"[pscustomobject]@{{ Name = 'Müller' }} | Export-Csv x.csv -Encoding {encoding}");
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(session.Folder, "x.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(marked, bytes.AsSpan().StartsWith("\uFEFF"u8));
        Assert.Equal("Müller", Assert.Single(session.Run("Import-Csv x.csv").Values("Name")));
    }

    [Fact]
    public async Task Without_an_object_the_file_is_empty()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Assert.Empty(session.Run("@() | Export-Csv x.csv; Import-Csv x.csv").Output);
        Assert.True(File.Exists(Path.Combine(session.Folder, "x.csv")));
    }
}
