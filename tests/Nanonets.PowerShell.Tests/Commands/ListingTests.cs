using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Get-NanonetsResult -After: what a span of time holds.</summary>
public class ListingTests
{
    [Theory]
    [InlineData("-After (Get-Date).AddHours(-1)", 3)]
    [InlineData("-After ([datetime]::UtcNow.AddHours(-1))", 3)]
    [InlineData("-After ([datetimeoffset]::Now.AddHours(-1))", 3)]
    [InlineData("-After '2020-01-31' -ModelId $model", 3)]
    [InlineData("-After 2020-01-31 -Before 2020-02-01", 0)]
    [InlineData("-After (Get-Date).AddHours(-1) -Before (Get-Date).AddHours(1)", 3)]
    [InlineData("-After (Get-Date).AddHours(1)", 0)]
    [InlineData("-After (Get-Date).AddHours(-2) -Before (Get-Date).AddHours(-1)", 0)]
    public async Task Lists_the_pages_of_a_span_of_time(string parameters, int count)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Run("$sent = Get-ChildItem *.png | Send-NanonetsDocument");
        RunResult result = session.Run($"Get-NanonetsResult {parameters}");
        Assert.Empty(result.Errors);
        Assert.Equal(count, result.Output.Count);
        Assert.All(result.Values("State"), state => Assert.Equal("Success", state!.ToString()));
        Assert.All(result.Values("SignedUrls"), Assert.Null);
    }

    [Fact]
    public async Task A_time_between_two_uploads_divides_them()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        RunResult result = session.Run(
            """
            $first = Send-NanonetsDocument doc-01.png
            $second = Send-NanonetsDocument doc-02.png
            Get-NanonetsResult -After $second.UploadedAt
            Get-NanonetsResult -After $first.UploadedAt -Before $second.UploadedAt
            """);
        Assert.Equal(["doc-02.png", "doc-01.png"], result.Values("Input"));
    }

    [Fact]
    public async Task A_listing_that_breaks_off_is_one_error_after_its_pages()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(30);
        session.Run("$sent = Get-ChildItem *.png | Send-NanonetsDocument");
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.StatusAfter, Status = 200, Body = FaultBody.TruncatedJson, Route = "List" });
        RunResult result = session.Run("Get-NanonetsResult -After 2020-01-01");
        Assert.StartsWith("InvalidResponse", result.OnlyError.FullyQualifiedErrorId);

        // The addresses at the end are the larger half: whether the cut is among the pages is not the point.
        Assert.InRange(result.Output.Count, 1, 30);
        Assert.Contains($"{result.Output.Count} pages were listed before", result.OnlyError.ToString());
    }

    [Fact]
    public async Task A_rejected_key_is_one_error()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run(
            "Get-NanonetsResult -After 2020-01-01 -Connection (Connect-Nanonets -ApiKey wrong -BaseUri $uri -PassThru) -ModelId $model");
        Assert.StartsWith("ApiKeyRejected", result.OnlyError.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_span_without_time_in_it_is_refused_before_any_request()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run("Get-NanonetsResult -After 2020-02-01 -Before 2020-01-01");
        Assert.StartsWith("EmptyTimeSpan", result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(session.Emulator.Requests.All);
    }

    [Theory]
    [InlineData("-Wait")]
    [InlineData("-RequestFileId x")]
    public async Task What_makes_no_sense_together_is_refused(string parameter)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        Assert.StartsWith(
            "AmbiguousParameterSet", session.Run($"Get-NanonetsResult -After 2020-02-01 {parameter}").OnlyError.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_consumer_that_has_enough_ends_the_listing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Run("$sent = Get-ChildItem *.png | Send-NanonetsDocument");
        RunResult result = session.Run("Get-NanonetsResult -After 2020-01-01 | Select-Object -First 1 | ForEach-Object Input; 'next'");
        Assert.Equal((2, "next"), (result.Output.Count, result.Output[^1].BaseObject));
        Assert.Empty(result.Errors);
    }
}
