using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class ReadNanonetsTextTests
{
    [Theory]
    [InlineData("Read-NanonetsText letter.png")]
    [InlineData("Get-Item letter.png | Read-NanonetsText")]
    [InlineData("[pscustomobject]@{ Path = 'letter.png' } | Read-NanonetsText")]
    [InlineData("Read-NanonetsText -LiteralPath letter.png")]
    public async Task Writes_the_text_of_each_page(string script)
    {
        using var service = new StubService(_ => (200, Text("letter.png")));
        await using ModuleSession session = await ConnectAsync(service);
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Equal(["Dear customer", "second"], result.Values("Text"));
        Assert.All(result.Values("SourcePath"), path => Assert.Equal(Path.Combine(session.Folder, "letter.png"), path));
        Assert.EndsWith("/api/v2/OCR/FullText", Assert.Single(service.Requests).Target);
    }

    [Fact]
    public async Task Its_table_fits_and_shows_the_text_on_one_line()
    {
        using var service = new StubService(_ => (200, Text("letter.png")));
        await using ModuleSession session = await ConnectAsync(service);
        string shown = session.Show("Read-NanonetsText letter.png");
        Assert.Contains("Dear customer", shown);
        Assert.Contains("1/2", shown);
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    [Fact]
    public async Task An_address_is_read_by_the_service_and_bad_input_is_one_error_each()
    {
        using var service = new StubService(request => request.Body.Contains("bad.png", StringComparison.Ordinal)
            ? (400, """{"message":"Bad Request","code":400,"errors":[{"reason":"Incorrect image","message":"x"}]}""")
            : (200, Text("scan.pdf")));
        await using ModuleSession session = await ConnectAsync(service);
        session.AddFile("bad.png");
        session.AddFile("text.pdf", "no pdf"u8.ToArray());
        RunResult result = session.Run(
            "Read-NanonetsText -Uri https://h.example/scan.pdf; Read-NanonetsText bad.png, text.pdf, gone.png -ErrorVariable failed");
        Assert.Equal(["FileMissing", "IncorrectImage", "UnsupportedFile"], result.ErrorIds.Order());
        Assert.Equal(2, result.Output.Count);
        Assert.Equal("https://h.example/scan.pdf", result.Values("SourcePath").First());
        Assert.All(session.Run("$failed.TargetObject").Output, target => Assert.IsType<FileInfo>(target.BaseObject));
    }

    [Fact]
    public async Task What_no_reading_can_survive_is_one_error_with_all_unsent_files()
    {
        using var service = new StubService(
            _ => (401, """{"message":"Unauthorized","code":401,"errors":[{"reason":"x","message":"y"}]}"""));
        await using ModuleSession session = await ConnectAsync(service);
        session.AddFiles(8);
        RunResult result = session.Run("Get-ChildItem doc*.png | Read-NanonetsText -ThrottleLimit 2");
        Assert.StartsWith("ApiKeyRejected", result.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(8, Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject).Length);
        Assert.InRange(service.Requests.Length, 1, 3);
    }

    [Fact]
    public async Task WhatIf_reads_nothing()
    {
        using var service = new StubService(_ => (200, Text("letter.png")));
        await using ModuleSession session = await ConnectAsync(service);
        Assert.Empty(session.Run("Read-NanonetsText letter.png -WhatIf").Output);
        Assert.Empty(service.Requests);
        Assert.Contains("letter.png", session.Console.Text);
    }

    [Fact]
    public async Task Pictures_are_classified_by_Send_and_pass_through_Get()
    {
        using var service = new StubService(_ =>
            (200,
                """
                {"message":"Success","model_id":"m","result":[{"message":"Success","file":"letter.png","prediction":[{"label":"cat","probability":0.97},{"label":"dog","probability":0.03}]}]}
                """));
        await using ModuleSession session = await ConnectAsync(service);
        RunResult result = session.Run(
            "Send-NanonetsDocument letter.png -Classification | Get-NanonetsResult -Wait | ForEach-Object { $_.Prediction }");
        Assert.Empty(result.Errors);
        Assert.Equal(["cat", "dog"], result.Values("Label"));
        Assert.Equal([0.97, 0.03], result.Values("Score"));
        Assert.EndsWith("/api/v2/ImageCategorization/LabelFile/", Assert.Single(service.Requests).Target);
        Assert.Contains("cat 0", session.Show("Send-NanonetsDocument letter.png -Classification"));
    }

    private static string Text(string name) =>
        $$"""
        {"result":[{"filename":"{{name}}","page_data":[{"page":0,"raw_text":"Dear customer","words":[{"text":"Dear","xmin":1,"ymin":2,"xmax":3,"ymax":4}]},{"page":1,"raw_text":"second","words":[]}]}]}
        """;

    private static async Task<ModuleSession> ConnectAsync(StubService service)
    {
        ModuleSession session = await ModuleSession.StartAsync(false);
        session.AddFile("letter.png");
        session.Set("stub", service.Address);
        session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m -MaximumRetryCount 0");
        return session;
    }
}
