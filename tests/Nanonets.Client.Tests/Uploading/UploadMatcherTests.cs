using System;
using System.IO;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests.Uploading;

/// <summary>
/// Which pages of an answer belong to which document, as tables. A page is <c>file:name:number</c>; a file <c>-</c> is none, and a page
/// that failed.
/// </summary>
public class UploadMatcherTests
{
    [Theory]
    [InlineData("a.pdf", "f1:a.pdf:0", "f1")]
    [InlineData("a.pdf", "f1:other.pdf:0", "f1")]
    [InlineData("a.pdf", "f1::0", "f1")]
    [InlineData("a.pdf", "-:a.pdf:0", "?")]
    [InlineData("a.pdf", "", "?")]
    [InlineData("a.pdf", "f1:a.pdf:1 f1:a.pdf:0", "f1f1")]
    [InlineData("a.pdf", "f1:a.pdf:0 f2:a.pdf:0", "f1f2")]
    [InlineData("a.pdf", "f1:a.pdf:0 -:a.pdf:0", "f1")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f2:b.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf", "f2:b.pdf:0 f1:a.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf", "f2:b.pdf:0 f1:a.pdf:0 f2:b.pdf:1", "f1 f2f2")]
    [InlineData("a.pdf b.pdf", "f1:A.PDF:0 f2:B.PDF:0", "f1 f2")]
    [InlineData("a.pdf A.pdf", "f2:A.pdf:0 f1:a.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0", "f1 ?")]
    [InlineData("a.pdf b.pdf", "f2:b.pdf:0", "? f2")]
    [InlineData("a.pdf b.pdf", "f1:c.pdf:0", "? ?")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 -:b.pdf:0", "f1 ?")]
    [InlineData("a.pdf b.pdf", "", "? ?")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f2:a.pdf:0", "f1! f2!")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f2:a.pdf:0 f3:b.pdf:0", "? f3")]
    [InlineData("a.pdf b.pdf c.pdf", "f1:a.pdf:0 f2:a.pdf:0", "? ? ?")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f2:renamed.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf c.pdf", "f1:a.pdf:0 f2:x.pdf:0", "f1 ? ?")]
    [InlineData("a.pdf b.pdf c.pdf", "f1:a.pdf:0 f2:x.pdf:0 f3:y.pdf:0", "f1 f2! f3!")]
    [InlineData("a.pdf b.pdf", "f1:x.pdf:0 f2:y.pdf:0", "f1! f2!")]
    [InlineData("a.pdf b.pdf", "f1::0 f2:b.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f2:b.pdf:0 f3:c.pdf:0", "f1 f2")]
    [InlineData("a.pdf b.pdf", "f1:a.pdf:0 f3:c.pdf:0 f4:d.pdf:0", "f1 ?")]
    public void Pages_belong_to(string sources, string answer, string expected)
    {
        UploadSource[] sent = Sources(sources);
        var matched = UploadMatcher.Match(sent, Pages(answer), static page => page.RequestFileId);

        // What nobody can tell apart comes out without a source, marked with "!" here: none may show another's values as its own.
        Assert.Equal(expected, string.Join(' ', sent.Select(source => !matched.TryGetValue(source, out PageResult[]? pages) ? "?"
            : string.Concat(pages.Select(static page => page.RequestFileId)) + (pages[0].SourcePath is null ? "!" : string.Empty))));
        Assert.All(matched, static one =>
            Assert.All(one.Value, page => Assert.Contains(page.SourcePath, new[] { null, one.Key.SourcePath })));
    }

    [Theory]
    [InlineData("f1:a.pdf:0", "0/1")]
    [InlineData("f1:a.pdf:1 f1:a.pdf:0", "0/2 1/2")]
    [InlineData("f1:a.pdf:2 f1:a.pdf:0 f1:a.pdf:1", "0/3 1/3 2/3")]
    [InlineData("f1:a.pdf:0 f2:a.pdf:1 f1:a.pdf:1", "0/2 1/2 1/1")]
    public void Pages_come_in_their_order_and_are_counted_by_file(string answer, string expected)
    {
        UploadSource source = Sources("a.pdf")[0];
        PageResult[] pages = UploadMatcher.Match([source], Pages(answer), static page => page.RequestFileId)[source];
        Assert.Equal(expected, string.Join(' ', pages.Select(static page => $"{page.Page}/{page.PageCount}")));
    }

    [Theory]
    [InlineData("a.pdf", "-:a.pdf:0", "a.pdf")]
    [InlineData("a.pdf", "-:other:0", "a.pdf")]
    [InlineData("a.pdf", "", "")]
    [InlineData("a.pdf", "f1:a.pdf:0", "")]
    [InlineData("a.pdf b.pdf", "-:b.pdf:0", "b.pdf")]
    [InlineData("a.pdf b.pdf", "-:B.pdf:0", "")]
    [InlineData("a.pdf b.pdf", "-:other:0", "")]
    [InlineData("a.pdf b.pdf", "-:a.pdf:0 -:b.pdf:0", "a.pdf b.pdf")]
    public void Those_that_failed_without_a_file_are(string sources, string answer, string expected) =>
        Assert.Equal(
            expected, string.Join(' ', UploadMatcher.Failed(Sources(sources), Pages(answer)).Select(static source => source.FileName)));

    private static UploadSource[] Sources(string names) =>
        [.. names.Split(' ').Select(static name => UploadSource.FromPath(Path.Combine(Path.GetTempPath(), name)))];

    private static PageResult[] Pages(string answer) =>
    [
        .. answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text => text.Split(':'))
            .Select(static parts => new PageResult
        {
            RequestFileId = parts[0] == "-" ? null : parts[0],
            State = parts[0] == "-" ? PageState.Failure : PageState.Success,
            Input = parts[1].Length == 0 ? null : parts[1],
            Page = int.Parse(parts[2], null),
        }),
    ];
}
