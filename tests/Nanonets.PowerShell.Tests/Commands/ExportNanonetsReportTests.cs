using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What a report is when something goes wrong. What it looks like is tested in a browser.</summary>
public class ExportNanonetsReportTests
{
    [Fact]
    public async Task A_picture_that_cannot_be_downloaded_is_an_error_and_the_report_says_it_in_its_place()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run("$pages[0] | Remove-NanonetsDocument -Confirm:$false; $pages | Export-NanonetsReport report.html");
        Assert.Equal(["DocumentNotFound"], result.ErrorIds);
        string html = Read(session);
        Assert.Contains("\"><figcaption>The picture could not be fetched: ", html);
        Assert.Equal(2, Count(html, "src=\"data:image/svg+xml;base64,"));
        Assert.Equal(3, Count(html, "<article "));
    }

    [Fact]
    public async Task Without_a_service_there_is_one_error_and_a_report_of_the_values()
    {
        await using ModuleSession session = await StartAsync();
        session.Run("$pages | Export-Clixml pages.xml");
        await session.Emulator.DisposeAsync();
        RunResult result = session.Run("Import-Clixml pages.xml | Export-NanonetsReport report.html");
        Assert.Equal("ConnectionFailed", result.OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        string html = Read(session);
        Assert.Equal(0, Count(html, "data:image"));
        Assert.Contains("INV-2", html);
    }

    /// <summary>What is piped was paid for: it goes on, to whatever stands behind.</summary>
    [Fact]
    public async Task A_report_that_cannot_be_written_is_one_error_and_the_pages_go_on()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run(
            "$pages | ForEach-Object { Set-Content report.html 'from elsewhere'; $_ } | Export-NanonetsReport report.html -PassThru");
        Assert.Equal(["FileNotWritten"], result.ErrorIds);
        Assert.Equal(3, result.Output.Count);
        Assert.Equal("from elsewhere", Read(session).TrimEnd());
        Assert.Equal(4, Directory.GetFiles(session.Folder).Length);
    }

    [Theory]
    [InlineData("$pages | Export-NanonetsReport report.html -PassThru | Select-Object -First 1")]
    [InlineData("$pages | ForEach-Object { if ($_.Input -eq '2.pdf') { throw 'x' }; $_ } | Export-NanonetsReport report.html")]
    public async Task A_report_that_is_cut_off_leaves_nothing_behind(string script)
    {
        await using ModuleSession session = await StartAsync();
        session.Run(script);
        Assert.Equal(["1.pdf", "2.pdf", "3.pdf"], Directory.GetFiles(session.Folder).Select(path => Path.GetFileName(path)!).Order());
    }

    [Theory]
    [InlineData("$pages | Export-NanonetsReport .", "FileNotWritten")]
    [InlineData("$pages | Export-NanonetsReport nowhere/report.html", "DestinationInvalid")]
    [InlineData("$pages | Export-NanonetsReport 1.pdf", "FileExists")]
    [InlineData("$pages | Export-NanonetsReport env:report", "NotFileSystemPath")]
    public async Task A_place_that_is_none_is_told_before_anything_is_done(string script, string id)
    {
        await using ModuleSession session = await StartAsync();
        int before = session.Emulator.Requests.All.Count;
        Assert.Equal(id, session.Run(script).OnlyError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(before, session.Emulator.Requests.All.Count);
    }

    [Theory]
    [InlineData("Thumbnail", "/thumbnail")]
    [InlineData("Compressed", "/compressed")]
    [InlineData("Full", "/original")]
    public async Task The_service_makes_pictures_as_small_as_they_are_wanted_and_the_key_does_not_go_with_them(string size, string path)
    {
        string address = string.Empty;
        using var service = new StubService(request => (200, request.Target.Contains("GetPredictions")
            ? """
              {"unmoderated_images": [{"id": "p", "request_file_id": "f", "page": 0, "status": "success", "url": "k"}], "signed_urls":
              {"k": {"original": "HOST/original", "original_compressed": "HOST/compressed", "thumbnail": "HOST/thumbnail"}}}
              """.Replace("HOST/", address)
            : "picture"));
        address = service.Address;
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("service", address);
        session.Run("Connect-Nanonets -ApiKey secret -BaseUri $service -ModelId m");
        Assert.Empty(session.Run($"Get-NanonetsResult f | Export-NanonetsReport report.html -PictureSize {size}").Errors);
        Assert.Equal(2, service.Requests.Length);
        Assert.Equal(path, service.Requests[1].Target);
        Assert.DoesNotContain("Authorization", service.Requests[1].Headers.Keys);
        Assert.Contains("src=\"data:image/jpeg;base64,cGljdHVyZQ==\"", Read(session));
    }

    [Fact]
    public async Task Scores_below_the_minimum_need_a_person_until_the_document_is_approved()
    {
        await using ModuleSession session = await StartAsync();
        session.Run("$pages | Export-NanonetsReport report.html -NoPicture -MinimumScore 0.99");
        Assert.Equal(3, Count(Read(session), "data-person"));
        session.Run("$pages[0] | Approve-NanonetsDocument");
        session.Run("$pages.RequestFileId | Get-NanonetsResult | Export-NanonetsReport report.html -NoPicture -MinimumScore 0.99 -Force");
        Assert.Equal(2, Count(Read(session), "data-person"));
        session.Run("$pages | Export-NanonetsReport report.html -NoPicture -MinimumScore 0 -Force");
        Assert.Equal(0, Count(Read(session), "data-person"));
    }

    /// <summary>The query of a signed address opens a document to whoever reads it, whoever wrote it down.</summary>
    [Fact]
    public async Task No_signed_address_stands_in_what_comes_with_a_document()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Run(
            """
            $address = 'https://files.example/a.pdf?X-Amz-Signature=secret'
            @{
                request_file_id = 'f'; status = 'failure'; message = $address; input = $address; url = $address
                request_metadata = "from $address"; uploaded_by = $address; assigned_members = @($address); verified_by = $address
                is_moderated = $true
                predicted_boxes = @(
                    @{ label = 'total'; ocr_text = '5'; score = 1; validation_status = 'failed'; validation_message = "See $address" })
            } | ConvertTo-Json -Depth 5 | ConvertFrom-NanonetsWebhook | Export-NanonetsReport report.html -NoPicture
            """);
        Assert.Contains("from https://files.example/a.pdf?…", Read(session));
        Assert.Contains("See https://files.example/a.pdf?…", Read(session));
        Assert.DoesNotContain("secret", Read(session));
    }

    /// <summary>Instant-learning models give 0 throughout (recorded): that says nothing, neither good nor bad.</summary>
    [Fact]
    public async Task A_document_without_scores_needs_nobody_for_them_and_the_report_praises_none()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Run(
            """
            '{"request_file_id":"f","status":"success","predicted_boxes":[{"label":"total","ocr_text":"5","score":0}]}' |
                ConvertFrom-NanonetsWebhook | Export-NanonetsReport report.html -NoPicture -MinimumScore 0.9
            """);
        Assert.Equal(0, Count(Read(session), "data-person"));
        Assert.DoesNotContain("good scores", Read(session));
        Assert.Contains("Nothing. No value has a score.", Read(session));
    }

    [Fact]
    public async Task A_document_of_which_nothing_was_found_needs_a_person()
    {
        await using ModuleSession session = await StartAsync();
        session.AddFile("empty.png");
        session.Run("Send-NanonetsDocument empty.png | Get-NanonetsResult -Wait | Export-NanonetsReport report.html -NoPicture -Force");
        Assert.Equal(1, Count(Read(session), "data-person"));
        Assert.Contains("Nothing was found.", Read(session));
    }

    [Fact]
    public async Task Without_a_page_it_is_an_empty_report()
    {
        await using ModuleSession session = await StartAsync();
        Assert.Empty(session.Run("@() | Export-NanonetsReport report.html").Errors);
        Assert.Contains("There are no documents.", Read(session));
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        for (int i = 1; i <= 3; i++)
            session.AddFile($"{i}.pdf", TestInvoice.Create($"INV-{i}"));
        session.Run("$pages = Get-ChildItem *.pdf | Send-NanonetsDocument -ProcessingType Sync | Sort-Object Input");
        return session;
    }

    private static string Read(ModuleSession session) => File.ReadAllText(Path.Combine(session.Folder, "report.html"));

    /// <summary>In the documents, not in the page's own style and script.</summary>
    private static int Count(string html, string text) =>
        html[html.IndexOf("<main", System.StringComparison.Ordinal)..].Split(text).Length - 1;
}
