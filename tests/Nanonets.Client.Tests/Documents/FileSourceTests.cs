using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Uploading;
using Nanonets.Documents;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Documents;

/// <summary>A small file is read once for everything; what is sent is still exactly what was looked at, or what the file is now.</summary>
public class FileSourceTests
{
    private const int Small = 128 * 1024;

    [Fact]
    public void A_small_file_that_was_looked_at_is_sent_without_a_second_reading()
    {
        using var test = new TestClient();
        UploadSource source = UploadSource.FromPath(test.CreateFile("a.pdf", Content(Small)));
        OpenedSource looked = source.Open();
        source.Keep(looked);
        using OpenedSource opened = source.Open();
        Assert.Same(looked, opened);
        Assert.Equal(Content(Small), Encoding.ASCII.GetString(opened.TakeWhole()!, 0, (int)opened.Length));
    }

    [Fact]
    public void A_large_file_is_closed_again_after_a_look()
    {
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf", Content(Small + 1));
        UploadSource source = UploadSource.FromPath(path);
        source.Keep(source.Open());
        using (var writable = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
            Assert.Equal(Small + 1, writable.Length);
        using OpenedSource opened = source.Open();
        Assert.Null(opened.TakeWhole());
    }

    [Fact]
    public void A_small_file_is_not_kept_open()
    {
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf");
        UploadSource source = UploadSource.FromPath(path);
        using OpenedSource opened = source.Open();
        using var writable = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        Assert.Throws<SourceFailure>(() =>
        {
            writable.SetLength(3);
            opened.EnsureUnchanged();
        });
    }

    [Fact]
    public async Task What_was_rewritten_since_the_look_is_read_again()
    {
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf", Content(500));
        UploadSource source = UploadSource.FromPath(path);
        source.Keep(source.Open());
        await File.WriteAllTextAsync(path, Content(600), TestContext.Current.CancellationToken);

        // For a moment it may still be what was read; then the upload itself would end with the change.
        OpenedSource opened = source.Open();
        while (opened.Length == 500)
        {
            Assert.Throws<SourceFailure>(opened.EnsureUnchanged);
            source.Keep(opened);
            await Task.Yield();
            opened = source.Open();
        }

        using (opened)
            Assert.Equal(Content(600), Encoding.ASCII.GetString(opened.TakeWhole()!, 0, (int)opened.Length));
    }

    [Fact]
    public void Bytes_that_are_being_sent_are_nobody_elses_and_closed_ones_are_gone()
    {
        using var test = new TestClient();
        OpenedSource taken = UploadSource.FromPath(test.CreateFile("a.pdf")).Open();
        byte[] bytes = taken.TakeWhole()!;
        Assert.Throws<ObjectDisposedException>(() => taken.TakeWhole());
        taken.Dispose();
        taken.ReturnWhole();
        Assert.Throws<ObjectDisposedException>(() => taken.TakeWhole());

        // What the pool hands out now is not what somebody may still be sending.
        using OpenedSource next = UploadSource.FromPath(test.CreateFile("b.pdf")).Open();
        Assert.NotSame(bytes, next.TakeWhole());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Small + 1)]
    public async Task A_document_known_by_its_hash_is_only_sent_as_that(int length)
    {
        using var test = new TestClient();
        test.Answer(HttpStatusCode.OK, Example.Read("labelfile-sync-1page"));
        string path = test.CreateFile("a.pdf", Content(length));
        SendRequest request = TestClient.Request([path]);
        UploadSource source = request.Documents[0].Source;
        source.ContentHash = await ContentHash.OfAsync(source, TestContext.Current.CancellationToken);
        Assert.Equal(DocumentKey.Hex(DocumentKey.Sha256(Encoding.ASCII.GetBytes(Content(length)))), source.ContentHash);
        Assert.Equal(UploadClass.Accepted, (await test.UploadAsync(request))[0].Class);

        // Same size and same time: only the content tells.
        DateTime written = File.GetLastWriteTimeUtc(path);
        await File.WriteAllTextAsync(path, Content(length).Replace("12", "21"), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(path, written);
        UploadOutcome outcome = (await test.UploadAsync(request))[0];
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.SourceChanged), (outcome.Class, outcome.Error!.ErrorId));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Small + 1)]
    public async Task A_link_is_sent_as_the_file_it_leads_to_as_long_as_that_is_not_changed(int length)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs a privilege there.");
        using var test = new TestClient();
        string target = test.CreateFile("a.pdf", Content(length));
        string link = Path.Combine(Path.GetDirectoryName(target)!, "link.pdf");
        File.CreateSymbolicLink(link, target);
        bool changes = false;
        test.Respond(async request =>
        {
            var body = new MemoryStream();
            if (changes)
                await File.AppendAllTextAsync(target, "more");
            await request.Content!.CopyToAsync(body);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Example.Read("labelfile-sync-1page")) };
        });
        Assert.Equal(UploadClass.Accepted, (await test.UploadAsync(link)).Class);
        changes = true;
        UploadOutcome changed = await test.UploadAsync(link);
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.SourceChanged), (changed.Class, changed.Error!.ErrorId));
    }

    [Fact]
    public void More_small_files_at_once_than_memory_allows_are_read_piece_by_piece()
    {
        using var test = new TestClient();
        string path = test.CreateFile("a.pdf", Content(Small));
        OpenedSource[] opened = [.. Enumerable.Range(0, 400).Select(_ => UploadSource.FromPath(path).Open())];
        int inMemory = opened.Count(file => file.TakeWhole() is not null);
        Assert.InRange(inMemory, 1, 300);
        foreach (OpenedSource file in opened)
            file.Dispose();
    }

    private static string Content(int length) => string.Concat(Enumerable.Repeat("%PDF-123456789", (length / 14) + 1)).Substring(0, length);
}
