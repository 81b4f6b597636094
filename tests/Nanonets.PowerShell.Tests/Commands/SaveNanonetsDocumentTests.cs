using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class SaveNanonetsDocumentTests
{
    [Theory]
    [InlineData("$pages | Save-NanonetsDocument -Destination out")]
    [InlineData("$pages.RequestFileId | Save-NanonetsDocument out")]
    [InlineData("Save-NanonetsDocument out -RequestFileId $pages.RequestFileId")]
    [InlineData("$pages.RequestFileId | ForEach-Object { Save-NanonetsDocument -RequestFileId $_ -Destination out -ModelId $model }")]
    [InlineData("$pages | ForEach-Object { [pscustomobject]@{ RequestFileId = $_.RequestFileId; ModelId = $_.ModelId } } | "
        + "Save-NanonetsDocument out")]
    [InlineData("Get-NanonetsResult -After 2020-01-01 | Save-NanonetsDocument -Destination out/deep/er -ThrottleLimit 1")]
    public async Task Originals_come_back_as_they_were_uploaded(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Run("$pages = Get-ChildItem *.png | Send-NanonetsDocument");
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal(["doc-01.png", "doc-02.png", "doc-03.png"],
            result.Output.Select(item => Assert.IsType<FileInfo>(item.BaseObject).Name).Order());
        Assert.All(result.Output, item => Assert.Equal(
            File.ReadAllBytes(Path.Combine(session.Folder, ((FileInfo)item.BaseObject).Name)),
            File.ReadAllBytes(((FileInfo)item.BaseObject).FullName)));
        Assert.All(
            result.Values("PSPath"), path => Assert.StartsWith("Microsoft.PowerShell.Core\\FileSystem::" + session.Folder, (string)path!));
        Assert.All(result.Values("RequestFileId"), Assert.NotNull);

        // As Get-Item writes it, with what the views of files show.
        session.Set("saved", ((FileInfo)result.Output[0].BaseObject).FullName);
        string[] own =
            [.. session.Run("$ExecutionContext.InvokeProvider.Item.Get($saved)").Output[0].Properties.Select(property => property.Name)];
        Assert.Equal(own.Append("RequestFileId").Order(), result.Output[0].Properties.Select(property => property.Name).Order());
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "out"), "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_original_is_saved_once_and_pictures_for_each_page()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        RunResult result = session.Run(
            "$page = Send-NanonetsDocument invoice.pdf -ProcessingType Sync; $page, $page | Save-NanonetsDocument out -Part Original, "
                + "PageImage, Thumbnail -Force");
        Assert.Empty(result.Errors);
        string[] names = [.. Directory.GetFiles(Path.Combine(session.Folder, "out")).Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal)];
        Assert.Equal("invoice.pdf", names[0]);
        Assert.StartsWith("invoice.pdf.page-1", names[1]);
        Assert.Single(names, "invoice.pdf");
        Assert.Contains(names, name => name.StartsWith("invoice.pdf.page-1.thumbnail.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1..20 | ForEach-Object { [pscustomobject]@{ RequestFileId = $page.RequestFileId; line = $_ } } | "
        + "Save-NanonetsDocument out")]
    [InlineData("1..20 | ForEach-Object { $page.RequestFileId } | Save-NanonetsDocument out -Part Original, PageImage")]
    [InlineData("Save-NanonetsDocument out -RequestFileId (@($page.RequestFileId) * 20)")]
    [InlineData("1..20 | ForEach-Object { $page } | Save-NanonetsDocument out -Part PageImage")]
    public async Task Of_many_rows_of_one_file_it_is_asked_for_and_saved_once(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Run("$page = Send-NanonetsDocument invoice.pdf -ProcessingType Sync");
        int before = session.Emulator.Requests.All.Count;
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.InRange(session.Emulator.Requests.All.Count - before, 0, 3);
        Assert.Equal(result.Output.Count, Directory.GetFiles(Path.Combine(session.Folder, "out")).Length);
    }

    [Fact]
    public async Task Documents_of_the_same_name_are_both_kept()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a/same.png");
        session.AddFile("b/same.png");
        RunResult result = session.Run("Get-Item a/same.png, b/same.png | Send-NanonetsDocument -Ordered | Save-NanonetsDocument out");
        Assert.Empty(result.Errors);
        Assert.Equal(
            ["same (2).png", "same.png"], result.Output.Select(item => ((FileInfo)item.BaseObject).Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(session.Folder, "a/same.png")), File.ReadAllBytes(Path.Combine(session.Folder, "out/same.png")));
    }

    [Fact]
    public async Task A_file_that_is_there_is_an_error_unless_forced()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.AddFile("out/doc-01.png", [1]);
        session.Run("$pages = Get-ChildItem *.png | Send-NanonetsDocument");
        RunResult result = session.Run("$pages | Save-NanonetsDocument out");
        Assert.StartsWith("FileExists", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal("doc-01.png", Assert.IsType<FileInfo>(result.OnlyError.TargetObject).Name);
        Assert.Single(result.Output);
        Assert.Single(File.ReadAllBytes(Path.Combine(session.Folder, "out/doc-01.png")));
        RunResult forced = session.Run("$pages | Save-NanonetsDocument out -Force");
        Assert.Empty(forced.Errors);
        Assert.Equal(2, forced.Output.Count);
        Assert.Equal(File.ReadAllBytes(Path.Combine(session.Folder, "doc-01.png")),
            File.ReadAllBytes(Path.Combine(session.Folder, "out/doc-01.png")));
    }

    [Fact]
    public async Task An_address_that_was_refused_is_asked_for_again_once()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        RunResult result = session.Run(
            """
            $page = Send-NanonetsDocument doc-01.png -ProcessingType Sync
            $url = $page.SignedUrls.OriginalFile.Original
            $field = $url.GetType().GetFields('NonPublic, Instance') | Where-Object FieldType -eq ([string])
            $field.SetValue($url, ($url.Value -replace 's=[0-9a-f]+$', 's=0'))
            $page | Save-NanonetsDocument out
            """);
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        Assert.Single(session.Emulator.Requests.All, request => request.Route == "GetPredictions");
    }

    [Fact]
    public async Task What_the_service_no_longer_has_is_one_error_and_leaves_nothing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        session.Run("$page = Send-NanonetsDocument doc-01.png");
        session.Emulator.Reset();
        RunResult result = session.Run("$page | Save-NanonetsDocument out; 'nobody' | Save-NanonetsDocument out");
        Assert.Equal(["DocumentNotFound", "DocumentNotFound"], result.ErrorIds);
        Assert.Empty(Directory.GetFiles(Path.Combine(session.Folder, "out")));
    }

    [Fact]
    public async Task An_address_that_stays_refused_is_one_error_and_leaves_no_file()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Emulator.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = 200,
            Route = "GetPredictions",
            Body = FaultBody.Text,
            Text =
                $$$"""
                {"unmoderated_images":[{"id":"p","page":0,"request_file_id":"f","original_file_name":"a.pdf","status":"success","file_url":"k"}],"signed_urls":{"k":{"original":"{{{session.Emulator.BaseUri}}}files/none?expires=9999999999&s=0"} } }
                """,
        });
        RunResult result = session.Run("'f' | Save-NanonetsDocument out");
        Assert.StartsWith("AddressRejected", result.OnlyError.FullyQualifiedErrorId);
        Assert.DoesNotContain("expires=", result.OnlyError.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(session.Folder, "out")));
        Assert.Equal(2, session.Emulator.Requests.All.Count(request => request.Route == "GetPredictions"));
    }

    [Fact]
    public async Task WhatIf_asks_nothing_and_writes_nothing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.Run("$pages = Get-ChildItem *.png | Send-NanonetsDocument");
        int before = session.Emulator.Requests.All.Count;
        RunResult result = session.Run("$pages | Save-NanonetsDocument out -WhatIf");
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "out")));
        Assert.Equal(before, session.Emulator.Requests.All.Count);
        Assert.Contains("doc-02.png", session.Console.Text);
    }

    [Fact]
    public async Task A_destination_that_is_a_file_or_no_place_for_files_is_refused()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        session.Run("$page = Send-NanonetsDocument doc-01.png");
        Assert.StartsWith("DestinationInvalid", session.Run("$page | Save-NanonetsDocument doc-01.png").OnlyError.FullyQualifiedErrorId);
        Assert.StartsWith("DestinationInvalid", session.Run("$page | Save-NanonetsDocument variable:out").OnlyError.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Neither_key_nor_addresses_are_shown()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        RunResult result = session.Run("Send-NanonetsDocument doc-01.png | Save-NanonetsDocument out -Verbose -Debug");
        string shown = string.Join('\n', result.Verbose.Concat(result.Debug));
        Assert.Contains("/files/", shown);
        Assert.DoesNotContain("expires=", shown);
        Assert.DoesNotContain(session.Emulator.Options.ApiKey, shown);
    }

    [Fact]
    public async Task A_rejected_key_is_one_error_with_all_that_was_not_saved()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Run("$sent = Get-ChildItem *.png | Send-NanonetsDocument; $pages = Get-NanonetsResult -After 2020-01-01");
        RunResult result = session.Run(
            "$pages | Save-NanonetsDocument out -Connection (Connect-Nanonets -ApiKey wrong -BaseUri $uri -PassThru)");
        Assert.StartsWith("ApiKeyRejected", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(3, Assert.IsType<System.Collections.IList>(result.OnlyError.TargetObject, exactMatch: false).Count);
    }
}
