using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>
/// One source file that comes several times in one run is one upload: page results and CSV rows come once for each page or row.
/// </summary>
public class RepeatedSourceTests
{
    private const string Added =
        """{"Meta":{"ModelID":"m1","State":1},"Data":[{"filename":"train.png","size":{"width":10,"height":20},"id":"d1","object":[]}]}""";
    private const string FullText = """{"result":[{"filename":"a.png","page_data":[{"page":0,"raw_text":"Dear customer","words":[]}]}]}""";

    [Theory]
    [InlineData("$pages | Send-NanonetsDocument -Verbose")]
    [InlineData("$pages | ConvertTo-NanonetsRow | Export-Csv rows.csv; (Import-Csv rows.csv) + (Import-Csv rows.csv) | "
        + "Send-NanonetsDocument -Verbose")]
    [InlineData("$pages | Send-NanonetsDocument -FilesPerRequest 5 -Verbose")]
    [InlineData("$pages | Send-NanonetsDocument -Journal uploads.db -Verbose")]
    public async Task Ten_pages_of_one_file_are_one_upload_of_it(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("ten.pdf", Pdf(10));
        session.AddFile("two.pdf", Pdf(2));
        Assert.Equal(12, session.Run("($pages = Get-ChildItem *.pdf | Send-NanonetsDocument | Get-NanonetsResult -Wait)").Output.Count);
        RunResult again = session.Run(script);
        Assert.Empty(again.Errors);
        Assert.Equal((4, 24), (session.Emulator.Billing.Charges.Count, session.Emulator.Billing.TotalPages));
        IsSaid(again, "ten.pdf");
    }

    [Theory]
    [InlineData("'a.png', 'a.png' | Send-NanonetsDocument")]
    [InlineData("Send-NanonetsDocument a.png, ./a.png")]
    [InlineData("Get-Item a.png, a.png | Send-NanonetsDocument")]
    [InlineData("1..3 | ForEach-Object { [pscustomobject]@{ Path = 'a.png'; Metadata = 'same' } } | Send-NanonetsDocument")]
    [InlineData("Send-NanonetsDocument -LiteralPath a.png, (Join-Path $folder a.png)")]
    public async Task The_same_path_twice_is_one_upload_and_AllowDuplicate_sends_each(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult once = session.Run(script + " -Verbose");
        Assert.Empty(once.Errors);
        Assert.Single(session.Uploads);
        IsSaid(once, "a.png");

        RunResult each = session.Run(script + " -AllowDuplicate");
        Assert.Empty(each.Errors);
        Assert.Null(each.Terminating);
        Assert.Equal(script.StartsWith("1..3", StringComparison.Ordinal) ? 4 : 3, session.Uploads.Count());
    }

    /// <summary>The name may sound as if it concerned other runs: what these have sent is a matter of the journal alone.</summary>
    [Fact]
    public async Task With_a_journal_a_file_is_sent_once_whether_or_not_AllowDuplicate_is_given()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult twice = session.Run("'a.png', 'a.png' | Send-NanonetsDocument -AllowDuplicate -Journal uploads.db");
        Assert.Empty(twice.Errors);
        Assert.Equal(2, twice.Output.Count);
        RunResult later = session.Run("Send-NanonetsDocument a.png -AllowDuplicate -Journal uploads.db");
        Assert.Equal([true], later.Values("FromJournal"));
        Assert.Single(session.Uploads);

        // Without one, each run sends.
        session.Run("Send-NanonetsDocument a.png");
        Assert.Equal(2, session.Uploads.Count());
    }

    [Fact]
    public async Task Other_metadata_or_another_model_is_another_upload()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult result = session.Run(
            "'one', 'two', 'one', 'two' | ForEach-Object { [pscustomobject]@{ Path = 'a.png'; Metadata = $_ } } | Send-NanonetsDocument");
        Assert.Empty(result.Errors);
        Assert.Equal(["one", "two"], session.Uploads.Select(static upload => upload.Fields["request_metadata"]).Order());
    }

    [Fact]
    public async Task Text_is_read_once_for_each_file()
    {
        using var service = new StubService(static _ => (200, FullText));
        await using ModuleSession session = await ModuleSession.StartAsync(false);
        session.AddFile("a.png");
        session.AddFile("b.png");
        session.Set("stub", service.Address);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0");
        RunResult once = session.Run(
            "'a.png', 'b.png', 'a.png' | ForEach-Object { [pscustomobject]@{ SourcePath = $_ } } | Read-NanonetsText -Verbose");
        Assert.Empty(once.Errors);
        Assert.Equal(2, service.Uploads.Length);
        IsSaid(once, "a.png");
        session.Run("'a.png', 'a.png' | Read-NanonetsText -AllowDuplicate");
        Assert.Equal(4, service.Uploads.Length);
    }

    [Fact]
    public async Task A_training_document_is_added_once_for_each_file()
    {
        await using ScriptedService service = await ScriptedService.StartAsync();
        service.Answer = static request => request.Method == "POST" ? (200, Added) : null;
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.AddFile("a.png");
        session.AddFile("b.png");
        RunResult once = session.Run(
            "'a.png', 'b.png', 'a.png' | ForEach-Object { [pscustomobject]@{ SourcePath = $_ } } | Add-NanonetsTrainingDocument -Verbose");
        Assert.Empty(once.Errors);
        Assert.Equal(2, service.Changes.Count());
        IsSaid(once, "a.png");
        session.Run("'a.png', 'a.png' | Add-NanonetsTrainingDocument -AllowDuplicate");
        Assert.Equal(4, service.Changes.Count());
    }

    /// <summary>A verbose line names the file and the switch that would have sent it again.</summary>
    private static void IsSaid(RunResult result, string name) => Assert.Contains(
        result.Verbose, line => line.Contains(name, StringComparison.Ordinal) && line.Contains("AllowDuplicate", StringComparison.Ordinal));

    private static byte[] Pdf(int pages)
    {
        var document = new PdfDocumentBuilder();
        PdfDocumentBuilder.AddedFont font = document.AddStandard14Font(Standard14Font.Helvetica);
        for (int page = 1; page <= pages; page++)
            document.AddPage(PageSize.A4).AddText($"Page {page} of {pages}", 10, new PdfPoint(50, 700), font);
        return document.Build();
    }
}
