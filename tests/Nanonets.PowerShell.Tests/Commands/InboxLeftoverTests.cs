using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What could lie in an inbox for ever: files that stay empty, and what runs before have written themselves.</summary>
public class InboxLeftoverTests
{
    [Fact]
    public async Task A_file_that_has_been_empty_for_a_day_is_at_fault_itself()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("new.pdf", [], TimeSpan.FromHours(23));
        session.Add("old.pdf", [], TimeSpan.FromHours(25));
        Assert.Contains(
            "File old.pdf in failed", session.Module.Show("Invoke-NanonetsInbox inbox out -Label total_amount -WhatIf"));
        InboxRunView run = session.Pass();
        Assert.Equal((1, "Waiting", "Failed"), (run.ExitCode, run.Of("new.pdf"), run.Of("old.pdf")));
        Assert.Equal(("EmptyFile", "EmptyFile"), (run.Of("new.pdf", "ErrorId"), run.Of("old.pdf", "ErrorId")));
        Assert.Contains("for more than a day", run.Of("old.pdf", "Reason"));
        Assert.Contains("Get it again", run.Of("old.pdf", "Advice"));
        Assert.Equal(["old.pdf", "old.pdf.json"], session.Files("out", "failed"));
        Assert.Equal(3, session.Pass().ExitCode);
        Assert.Empty(session.Module.Uploads);
    }

    [Fact]
    public async Task An_empty_file_with_a_time_that_tells_nothing_does_not_wait_for_ever()
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add("tomorrow.pdf", [], TimeSpan.FromDays(-1));
        Assert.Equal("Failed", session.Pass().Of("tomorrow.pdf"));
    }

    [Theory]
    [InlineData("review", "a.pdf")]
    [InlineData("failed", "notes.pdf")]
    public async Task A_result_that_comes_back_with_its_original_is_left_alone_and_said(string folder, string name)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add(name, folder == "failed" ? "notes"u8.ToArray() : null);
        session.Pass("-MinimumScore 1");
        foreach (string file in Directory.GetFiles(session.PathOf("out", folder)))
            File.Move(file, session.PathOf("inbox", Path.GetFileName(file)));
        InboxRunView run = session.Pass("-MinimumAge 0");
        Assert.Equal(("Ignored", folder == "failed" ? "Failed" : "Done"), (run.Of($"{name}.json"), run.Of(name)));
        Assert.Contains($"the result of '{name}' from an earlier run", run.Of($"{name}.json", "Reason"));
        Assert.Contains("Delete it", run.Of($"{name}.json", "Advice"));
        Assert.Contains("1 left alone", run.Summary);
        Assert.Equal([$"{name}.json"], session.Files("inbox"));

        // It needs nobody, and is no work for a later run.
        run = session.Pass("-MinimumAge 0");
        Assert.Equal((0, "Ignored"), (run.ExitCode, run.Of($"{name}.json")));
        Assert.Equal(0, run["Left"]);
        Assert.Contains($"Leave {name}.json: It is the result", session.Module.Show(
            "Invoke-NanonetsInbox inbox out -Label total_amount -WhatIf").ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("a.pdf.json", """{"State":"Done","Input":"a.pdf","total":1}""")]
    [InlineData("a.pdf.json", """{"State":"Done","Input":"a.pdf","SourcePath":"/x/b.pdf","FiledAt":"2025-01-01T00:00:00Z"}""")]
    [InlineData("a.pdf.json", """{"State":"New","Input":"a.pdf","SourcePath":"/x/a.pdf","FiledAt":"2025-01-01T00:00:00Z"}""")]
    [InlineData("a.pdf.json", """[{"State":"Done","Input":"a.pdf","SourcePath":"/x/a.pdf","FiledAt":"2025-01-01T00:00:00Z"}]""")]
    [InlineData("other.json", """{"State":"Done","Input":"a.pdf","SourcePath":"/x/a.pdf","FiledAt":"2025-01-01T00:00:00Z"}""")]
    [InlineData("a.pdf.json", """{"State":"Done","Input":"a.pdf","Sour""")]
    [InlineData("a.pdf.json", "no JSON")]
    public async Task JSON_of_others_is_no_result_of_ours(string name, string content)
    {
        await using InboxSession session = await InboxSession.StartAsync();
        session.Add(name, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal("UnsupportedFile", session.Pass().Of(name, "ErrorId"));
    }
}
