using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;
using Nanonets.Uploading;
using Nanonets.Documents;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Uploading;

public class UploadContentTests
{
    [Theory]
    [InlineData("invoice.pdf", "invoice.pdf")]
    [InlineData("Rechnung Müller & Söhne Nr. 42 – 請求書 №1.pdf", "Rechnung Müller & Söhne Nr. 42 – 請求書 №1.pdf")]
    [InlineData("🧾 receipt [1].pdf", "🧾 receipt [1].pdf")]
    [InlineData("a \"quoted\" name.pdf", "a %22quoted%22 name.pdf")]
    [InlineData("line\nbreak.pdf", "line%0Abreak.pdf")]
    public async Task The_body_is_what_it_should_be_byte_for_byte(string name, string written)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.IndexOfAny(['"', '\n']) >= 0, "No file on Windows has such a name.");
        using var test = new TestClient();
        SendRequest request = TestClient.Request([test.CreateFile(name)], metadata: "Größe = {\"a\":1}", pages: [1, 3]);
        using OpenedSource file = request.Documents[0].Source.Open();
        using var content = new UploadContent(MultipartBody.Create(request.Fields(request.Metadata), [file], "BOUNDARY"), null);
        string expected =
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"request_metadata\"\r\n\r\nGröße = {\"a\":1}\r\n"
            + "--BOUNDARY\r\nContent-Disposition: form-data; name=\"pages_to_process\"\r\n\r\n1,3\r\n"
            + $"--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{written}\"\r\nContent-Type: "
            + "application/pdf\r\n\r\n%PDF-1.7 a document\r\n"
            + "--BOUNDARY--\r\n";
        byte[] bytes = Encoding.UTF8.GetBytes(expected);
        Assert.Equal(bytes.Length, content.Headers.ContentLength);
        using var sent = new MemoryStream();
        await content.CopyToAsync(sent, TestContext.Current.CancellationToken);
        Assert.Equal(bytes, sent.ToArray());
        Assert.True(content.LastByteHandedOver);
    }

    [Fact]
    public async Task A_body_that_was_handed_over_cannot_be_sent_again()
    {
        using var test = new TestClient();
        SendRequest request = TestClient.Request([test.CreateFile("a.pdf")]);
        using OpenedSource file = request.Documents[0].Source.Open();
        using var content = new UploadContent(UploadBody.Of(request, null, [file]), null);
        await content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(400_000)]
    public async Task A_slow_source_is_no_silence_of_the_service(int length)
    {
        var clock = new ManualClock();
        using var source = new SlowSource(new byte[length], () => clock.Advance(TimeSpan.FromHours(1)));
        using OpenedSource opened = new StreamSource(source, "a.pdf", UploadForm.File).Open();
        using var watchdog = new Watchdog(
            clock, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var content = new UploadContent(MultipartBody.Create([], [opened]), null);
        content.Watch(watchdog);
        await content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        Assert.Equal((true, false), (content.LastByteHandedOver, watchdog.HasExpired));
    }

    [Theory]
    [InlineData("grown", 400_000)]
    [InlineData("shrunk", 400_000)]
    [InlineData("rewritten", 400_000)]
    [InlineData("deleted", 400_000)]
    [InlineData("grown", 20_000)]
    [InlineData("shrunk", 20_000)]
    [InlineData("rewritten", 20_000)]
    [InlineData("deleted", 20_000)]
    public async Task A_file_that_changes_while_it_is_sent_is_not_completed_and_not_tried_again(string how, int length)
    {
        // A small one is in memory, and its file closed.
        Assert.SkipWhen(OperatingSystem.IsWindows() && length > 128 * 1024 && how != "rewritten",
            "Windows lets nobody write to a file that is being sent.");
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf", "%PDF-" + new string('x', length));
        int bodies = 0;
        bool complete = false;
        test.Respond(async request =>
        {
            bodies++;
            var stream = new ChangingStream(() => Change(path, how));
            try
            {
                await request.Content!.CopyToAsync(stream);
                complete = true;
            }
            finally
            {
                complete |= stream.Length >= request.Content!.Headers.ContentLength;
            }

            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        UploadOutcome outcome = await test.UploadAsync(path);
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.SourceChanged), (outcome.Class, outcome.Error!.ErrorId));
        Assert.Equal((1, false), (bodies, complete));
        Assert.Equal(0, test.BytesShown);
    }

    [Fact]
    public async Task One_bad_file_of_a_request_leaves_it_and_the_others_go_through()
    {
        using var test = new TestClient();
        string good = test.CreateFile("invoice-0417.pdf");
        string empty = test.CreateFile("empty.pdf", string.Empty);
        string other = test.CreateFile("receipt.jpg");
        string missing = Path.Combine(Path.GetDirectoryName(good)!, "missing.pdf");
        test.Answer(HttpStatusCode.OK, Example.Read("labelfile-async-2files-nested"));
        var outcomes = await test.UploadAllAsync(good, empty, missing, other);
        Assert.Equal([UploadClass.Accepted, UploadClass.NotSent, UploadClass.NotSent, UploadClass.Accepted],
            [outcomes[0].Class, outcomes[1].Class, outcomes[2].Class, outcomes[3].Class]);
        Assert.Equal((NanonetsErrorId.EmptyFile, NanonetsErrorId.FileMissing), (outcomes[1].Error!.ErrorId, outcomes[2].Error!.ErrorId));
        Assert.All(outcomes[0].Pages, page => Assert.Equal((good, 3), (page.SourcePath, page.PageCount)));
        Assert.Equal(other, Assert.Single(outcomes[3].Pages).SourcePath);
        Assert.Single(test.Traces);
    }

    [Fact]
    public async Task A_locked_file_is_unavailable_and_nothing_is_posted()
    {
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf");
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        UploadOutcome outcome = await test.UploadAsync(path);
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.SourceUnavailable), (outcome.Class, outcome.Error!.ErrorId));
        Assert.Empty(test.Traces);
    }

    [Fact]
    public async Task A_file_the_answer_does_not_name_is_ambiguous_and_the_named_one_accepted()
    {
        using var test = new TestClient();
        string named = test.CreateFile("invoice-0417.pdf");
        string other = test.CreateFile("forgotten.pdf");
        test.Answer(HttpStatusCode.OK, Example.Read("labelfile-async-3page-nested"));
        var outcomes = await test.UploadAllAsync(named, other);
        Assert.Equal((UploadClass.Accepted, UploadClass.Ambiguous), (outcomes[0].Class, outcomes[1].Class));
    }

    [Fact]
    public async Task Files_whose_names_cannot_be_told_apart_are_accepted_without_a_source()
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, Example.Read("labelfile-async-2files-flat"));
        var outcomes = await test.UploadAllAsync(test.CreateFile("x.pdf"), test.CreateFile("y.pdf"));
        Assert.All(outcomes, outcome => Assert.Equal(UploadClass.Accepted, outcome.Class));
        Assert.All(outcomes, outcome => Assert.All(outcome.Pages, page => Assert.Null(page.SourcePath)));
    }

    [Fact]
    public void A_request_takes_up_to_20_files_with_different_names()
    {
        Assert.Throws<ArgumentException>(() => TestClient.Request(["/a/x.pdf", "/b/X.pdf"]));
        Assert.Throws<ArgumentException>(() => TestClient.Request([.. Enumerable.Range(0, 21).Select(i => $"/{i}.pdf")]));
        Assert.Throws<ArgumentException>(() => UploadSource.FromPath("relative.pdf"));
    }

    private static void Change(string path, string how)
    {
        switch (how)
        {
            case "grown":
                File.AppendAllText(path, "more");
                break;
            case "shrunk":
                using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    file.SetLength(1000);
                break;
            case "rewritten":
                File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    /// <summary>Takes a body and does something once the first bytes have come.</summary>
    private sealed class ChangingStream(Action change) : MemoryStream
    {
        private Action? _change = change;

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            if (Length < 10_000)
                return;
            _change?.Invoke();
            _change = null;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, System.Threading.CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }
    }

    /// <summary>Reading takes its time, and whoever watches the time has a chance to notice it.</summary>
    private sealed class SlowSource(byte[] content, Action pass) : MemoryStream(content)
    {
        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            pass();
            for (int i = 0; i < 1000; i++)
                await Task.Yield();
            return Read(buffer, offset, count);
        }
    }
}
