using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Help;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class ConvertFromNanonetsWebhookTests
{
    private const string File3 = "b3e2926c-b050-4f5b-938f-aac72a145a63";

    [Theory]
    [InlineData("webhook-nested", 3)]
    [InlineData("webhook-list", 3)]
    [InlineData("webhook-object", 1)]
    [InlineData("validation-callback", 1)]
    public async Task Every_known_shape_gives_its_pages_however_it_comes(string example, int pages)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        string body = Example(example);
        File.WriteAllText(Path.Combine(session.Folder, "body [1].json"), body, new System.Text.UTF8Encoding(true));
        session.Set("body", body);
        session.Set("lines", body.Split('\n'));
        session.Set("bytes", System.Text.Encoding.UTF8.GetBytes(body));
        foreach (string script in (string[])[
            "$body | ConvertFrom-NanonetsWebhook", "ConvertFrom-NanonetsWebhook $body", "$lines | ConvertFrom-NanonetsWebhook",
            "ConvertFrom-NanonetsWebhook -InputObject $bytes",
            "Get-Item -LiteralPath 'body [1].json' | ConvertFrom-NanonetsWebhook", "ConvertFrom-NanonetsWebhook -Path 'body [1].json'",
            "ConvertFrom-NanonetsWebhook -Path *.json",
        ])
        {
            RunResult result = session.Run(script);
            Assert.Empty(result.Errors);
            Assert.Equal(pages, result.Output.Count);
            Assert.All(result.Values("State"), state => Assert.Equal("Success", state!.ToString()));
            Assert.All(result.Values("RequestFileId"), Assert.NotNull);
            Assert.Contains(result.Output,
                page => (int)page.Properties["Prediction"].Value.GetType().GetProperty("Length")!
                .GetValue(page.Properties["Prediction"].Value)! > 0);
        }

        Assert.Empty(session.Emulator.Requests.All);
    }

    [Fact]
    public async Task Parsed_bodies_are_taken_as_hashtables_and_objects()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run(
            $$"""
            @{ message = 'x'; result = @(@{ request_file_id = '{{File3}}'; page = 0; message = 'success'; prediction = @(@{ label = 'total'; ocr_text = '5'; score = 0.5 }) }) } | ConvertFrom-NanonetsWebhook
            [pscustomobject]@{ result = [pscustomobject]@{ request_file_id = '{{File3}}'; page = 1; message = 'pending'; prediction = $null } } | ConvertFrom-NanonetsWebhook
            """);
        Assert.Empty(result.Errors);
        Assert.Equal([(0, "Success"), (1, "Pending")],
            result.Output.Select(page => ((int)page.Properties["Page"].Value, page.Properties["State"].Value.ToString()!)));
        Assert.Equal("5", session.Run("(@{ result = @{ request_file_id = 'x'; prediction = @(@{ label = 'total'; ocr_text = '5' }) } "
            + "} | ConvertFrom-NanonetsWebhook).Fields.total").Output[0].BaseObject);
    }

    [Fact]
    public async Task Several_bodies_may_follow_one_another_and_leave_as_soon_as_they_are_whole()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run(
            """
            '{"result":{"request_file_id":"a"}}{"result":', '{"request_file_id":"b"}}', '', '[{"request_file_id":"c"},{"request_file_id":"d"}]' | ConvertFrom-NanonetsWebhook | ForEach-Object RequestFileId
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(["a", "b", "c", "d"], result.Output.Select(id => id.BaseObject));
    }

    [Theory]
    [InlineData("'<html>' | ConvertFrom-NanonetsWebhook")]
    [InlineData("'{\"result\":[' | ConvertFrom-NanonetsWebhook")]
    [InlineData("'{}' | ConvertFrom-NanonetsWebhook")]
    [InlineData("'{\"result\":[{\"a\" 5}]}' | ConvertFrom-NanonetsWebhook")]
    [InlineData("@{ a = 1 } | ConvertFrom-NanonetsWebhook")]
    [InlineData("ConvertFrom-NanonetsWebhook -Path bad.json")]
    public async Task What_is_no_body_is_one_error_and_the_rest_goes_on(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("bad.json", "{\"result\":"u8.ToArray());
        RunResult result = session.Run($"{script}; '{{\"request_file_id\":\"a\"}}' | ConvertFrom-NanonetsWebhook");
        Assert.StartsWith("WebhookInvalid", result.OnlyError.FullyQualifiedErrorId);
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task The_address_in_a_validation_callback_stays_a_secret()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("body", Example("validation-callback"));
        RunResult result = session.Run("$page = $body | ConvertFrom-NanonetsWebhook; $page.SignedUrls.PageImage.Original.Value; "
            + "$page.psobject.Properties | Where-Object Name -ne Raw | ForEach-Object { \"$($_.Value)\" }");
        Assert.StartsWith("https://", (string)result.Output[0].BaseObject);
        Assert.All(result.Output.Skip(1), text => Assert.DoesNotContain("&s=", (string)text.BaseObject));
    }

    private static string Example(string name) =>
        File.ReadAllText(Path.Combine(Repository.Find().Root, "tests", "Nanonets.Client.Tests", "Examples", name + ".json"));
}
