using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class SendNanonetsDocumentTests
{
    private const string SendAll = "Get-ChildItem *.* | Send-NanonetsDocument";

    [Theory]
    [InlineData(QueuedAnswer.Nested)]
    [InlineData(QueuedAnswer.Flat)]
    public async Task Writes_a_page_result_for_each_page(QueuedAnswer shape)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(options: new EmulatorOptions { QueuedAnswer = shape });
        session.AddFiles(12);
        RunResult result = session.Run(SendAll + " -Metadata meta");
        Assert.Empty(result.Errors);
        Assert.Equal(Directory.GetFiles(session.Folder).Order(), result.Values("SourcePath").Cast<string>().Order());
        Assert.All(result.Values("State"), state => Assert.Equal("Pending", state!.ToString()));
        Assert.All(result.Values("RequestMetadata"), metadata => Assert.Equal("meta", metadata));
        Assert.All(result.Values("PageCount"), count => Assert.Equal(1, count));
        Assert.Equal(12, session.Emulator.Billing.Charges.Select(charge => charge.Sha256).Distinct().Count());
        Assert.Equal(12, session.Emulator.Billing.Charges.Count);
    }

    [Fact]
    public async Task Waits_in_the_call_when_asked_to()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        RunResult result = session.Run("Send-NanonetsDocument a.png -ProcessingType Sync");
        Assert.Equal("Success", Assert.Single(result.Values("State"))!.ToString());
        Assert.EndsWith("?async=false", session.Uploads.Single().Target);
    }

    [Fact]
    public async Task Keeps_the_order_of_the_input_when_asked_to()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(10);
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Delay, Route = "LabelFile", From = 1, To = 2, Delay = TimeSpan.FromMilliseconds(300) });
        RunResult result = session.Run("Get-ChildItem *.png | Sort-Object Name | Send-NanonetsDocument -Ordered");
        Assert.Equal(result.Values("Input").Cast<string>().Order(), result.Values("Input"));
        Assert.Equal(10, result.Output.Count);
    }

    [Fact]
    public async Task Puts_several_files_into_a_request_when_asked_to()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(7);
        session.AddFile("sub/doc-01.png");
        RunResult result = session.Run("Get-ChildItem *.png, sub/*.png | Send-NanonetsDocument -FilesPerRequest 5 -Metadata same");
        Assert.Equal(8, result.Output.Count);
        Assert.Equal([3, 5], session.Uploads.Select(upload => upload.FileNames.Count).Order());
        Assert.Equal(8, result.Values("SourcePath").Distinct().Count());
    }

    [Fact]
    public async Task Files_with_different_metadata_never_share_a_request()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Run("Get-ChildItem *.png | Send-NanonetsDocument -FilesPerRequest 5 -Metadata { $_.Name }");
        Assert.Equal(3, session.Uploads.Count());
        Assert.All(session.Uploads, upload => Assert.Equal(upload.FileNames.Single(), upload.Fields["request_metadata"]));
    }

    [Fact]
    public async Task Pages_to_process_are_sent()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        session.Run("Send-NanonetsDocument a.png -PagesToProcess 1, 3");
        Assert.Equal("1,3", session.Uploads.Single().Fields["pages_to_process"]);
    }

    [Fact]
    public async Task Bad_files_are_one_error_each_with_the_file_as_target_and_the_others_go_through()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.AddFile("empty.pdf", []);
        session.AddFile("text.pdf", "this is text"u8.ToArray());
        session.AddFile("truncated.pdf", [.. "%PDF-1.7\n"u8, .. new byte[5000]]);
        string locked = session.AddFile("locked.png");
        await using FileStream held = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        RunResult result = session.Run("$f = Get-ChildItem *.*; Get-Item doc-01.png | ForEach-Object { $gone = $_.FullName + '.png' }; & { "
            + "$f; [IO.FileInfo] $gone } | Send-NanonetsDocument");
        Dictionary<string, string> errors = result.Errors.ToDictionary(
            error => Assert.IsType<FileInfo>(error.TargetObject).Name, error => error.FullyQualifiedErrorId);
        Assert.Equal(new Dictionary<string, string>
        {
            ["empty.pdf"] = Id("EmptyFile"),
            ["text.pdf"] = Id("UnsupportedFile"),
            ["truncated.pdf"] = Id("IncorrectImage"),
            ["locked.png"] = Id("SourceUnavailable"),
            ["doc-01.png.png"] = Id("FileMissing"),
        }, errors);
        Assert.Equal(["doc-01.png", "doc-02.png", "doc-03.png"], result.Values("Input").Cast<string>().Order());
        Assert.All(result.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
        static string Id(string id) => $"{id},Nanonets.Commands.SendNanonetsDocumentCommand";
    }

    [Fact]
    public async Task Failed_files_can_be_piped_in_again()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Route = "LabelFile", From = 1, To = 1, Status = 400 });
        RunResult first = session.Run($"$sent = {SendAll} -ErrorVariable failed -ErrorAction SilentlyContinue; $sent");
        Assert.Equal(2, first.Output.Count);
        RunResult again = session.Run("$failed.TargetObject | Send-NanonetsDocument");
        Assert.Single(again.Output);
        Assert.Equal(3, session.Emulator.Billing.Charges.Select(charge => charge.FileName).Distinct().Count());
    }

    [Fact]
    public async Task Skips_the_type_check_when_asked_to()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(options: new EmulatorOptions { AcceptAnyContent = true });
        session.AddFile("letter.docx", "PK.."u8.ToArray());
        Assert.Single(session.Run("Send-NanonetsDocument letter.docx").Errors);
        Assert.Single(session.Run("Send-NanonetsDocument letter.docx -SkipTypeCheck").Output);
    }

    [Fact]
    public async Task WhatIf_says_what_would_be_sent_and_sends_nothing()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        RunResult result = session.Run(SendAll + " -WhatIf");
        Assert.Empty(result.Output);
        Assert.Empty(session.Emulator.Requests.All);

        // A line for each document and one for all.
        Assert.Equal(4, session.Console.Text.Split("What if").Length - 1);
        Assert.Contains("Total: 3 document(s)", session.Console.Text);
        Assert.Contains("doc-02.png", session.Console.Text);
    }

    [Fact]
    public async Task Confirm_asks_for_each_file()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Console.Answers.Enqueue("N");
        session.Console.Answers.Enqueue("A");
        Assert.Equal(2, session.Run(SendAll + " -Confirm").Output.Count);
    }

    [Theory]
    [InlineData("ApiKeyRejected", "Connect-Nanonets")]
    [InlineData("ModelNotFound", "Check the id of the model")]
    [InlineData("ConnectionFailed", "-BaseUri")]
    public async Task What_no_upload_can_survive_is_one_terminating_error_while_nothing_was_sent(string id, string advice)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(20);
        string connect = id switch
        {
            "ApiKeyRejected" => "Connect-Nanonets -ApiKey wrong -BaseUri $uri -ModelId $model",
            "ModelNotFound" => "Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId unknown",
            _ => "Connect-Nanonets -ApiKey $key -BaseUri http://127.0.0.1:1 -ModelId $model -MaximumRetryCount 0",
        };
        RunResult result = session.Run($"{connect}; try {{ {SendAll} }} catch {{ $caught = $_; $_ }}");
        Assert.Empty(result.Errors);
        ErrorRecord error = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
        Assert.StartsWith(id, error.FullyQualifiedErrorId);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction);
        Assert.Equal(20, Assert.IsType<FileInfo[]>(error.TargetObject).Length);
        Assert.InRange(session.Uploads.Count(), 0, 5);
        Assert.Empty(session.Emulator.Billing.Charges);
    }

    [Fact]
    public async Task A_quota_used_up_is_one_error_with_the_unsent_files_and_what_is_paid_for_comes_out_of_a_waiting_consumer()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { FreePages = 4, ProcessingTimePerPage = TimeSpan.Zero });
        session.AddFiles(20);
        RunResult result = session.Run(SendAll + " | Get-NanonetsResult -Wait");
        Assert.Equal(4, result.Output.Count);
        Assert.All(result.Values("State"), state => Assert.Equal("Success", state!.ToString()));
        Assert.StartsWith("QuotaExhausted", result.OnlyError.FullyQualifiedErrorId);
        FileInfo[] unsent = Assert.IsType<FileInfo[]>(result.OnlyError.TargetObject);
        Assert.Equal(16, unsent.Length);
        Assert.Equal(20, unsent.Select(file => file.FullName).Concat(result.Values("SourcePath").Cast<string>()).Distinct().Count());
        Assert.InRange(session.Uploads.Count(), 5, 9);

        session.Emulator.Options.FreePages = null;
        Assert.Equal(16, session.Run("$Error[0].TargetObject | Send-NanonetsDocument").Output.Count);
    }

    [Fact]
    public async Task An_upload_whose_answer_was_lost_is_found_by_looking_and_not_sent_again()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(3);
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", From = 2, To = 2 });
        RunResult result = session.Run(SendAll);
        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Values("RequestFileId").Distinct().Count());
        Assert.Equal(session.Emulator.Billing.Charges.Select(charge => charge.RequestFileId).Order(),
            result.Values("RequestFileId").Cast<string>().Order());
        Assert.All(session.Emulator.Billing.Charges, charge => Assert.Equal(1, session.Emulator.Billing.TimesCharged(charge.Sha256)));
        Assert.Equal(3, session.Uploads.Count());
    }

    [Fact]
    public async Task An_error_that_stops_the_script_lets_paid_uploads_settle_and_names_them()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a-good.png");
        session.AddFile("b-bad.pdf", "text"u8.ToArray());
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Route = "LabelFile", Delay = TimeSpan.FromMilliseconds(200) });
        session.Set("emulator", session.Emulator);
        session.Run("& { Get-Item a-good.png; while (-not ($emulator.Requests.All | Where-Object { $_.Route -eq 'LabelFile' })) { }; "
            + "Get-Item b-bad.pdf } | Send-NanonetsDocument -ErrorAction Stop");
        string id = Assert.Single(session.Emulator.Billing.Charges).RequestFileId;
        Assert.Contains($"a-good.png (accepted as {id})", session.Console.Text);
    }

    [Fact]
    public async Task The_key_is_in_no_stream()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(2);
        session.AddFile("bad.pdf", "text"u8.ToArray());
        RunResult result = session.Run($"{SendAll} -Verbose -Debug | Get-NanonetsResult -Wait -Verbose -Debug; Connect-Nanonets -ApiKey "
            + $"'wr0ng-key' -BaseUri $uri -Verbose -Debug; {SendAll} -ModelId m -Verbose -Debug");
        string all = string.Join('\n', result.Verbose.Concat(result.Debug).Concat(result.Warnings).Concat(result.Errors.Select(Describe)))
            + session.Console.Text + session.Show("$Error | Format-List *") + session.Show("Get-NanonetsConnection | Format-List *");
        Assert.Contains("LabelFile", all);
        Assert.Contains("User-Agent: Nanonets-PowerShell/", string.Join('\n', result.Debug));
        foreach (string key in (string[])[session.Emulator.Options.ApiKey, "wr0ng-key"])
        {
            Assert.DoesNotContain(key, all);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key + ":")), all);
        }

        static string Describe(ErrorRecord error) =>
            $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject} {error.CategoryInfo}";
    }
}
