using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Documents;
using Nanonets.Http;
using Nanonets.Sending;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests.Http;

/// <summary>
/// Uploads on a line so slow that each write takes long: as long as bytes move nothing expires; where none move it is given up.
/// </summary>
public class SlowLineTests
{
    private const string Accepted = """{"message":"Success","result":[{"input":"a.pdf","request_file_id":"f1","page":0,"id":"p1"}]}""";

    /// <summary>Sixty-four uploads on a line of one megabit have two kilobytes a second each. Nothing may be silent for a minute.</summary>
    [Theory]
    [InlineData("a file in one piece", 126_000, 2000, true)]
    [InlineData("a file in many pieces", 1_000_000, 2000, true)]
    [InlineData("base64", 400_000, 2000, true)]
    [InlineData("a file in many pieces", 1_000_000, 280, true)]
    [InlineData("a file in many pieces", 1_000_000, 270, false)]
    [InlineData("a file in one piece", 126_000, 270, false)]
    [InlineData("base64", 400_000, 270, false)]
    public async Task An_upload_of(string form, int bytes, int bytesASecond, bool arrives)
    {
        using var test = new TestClient();
        var clock = new LineClock();
        using var client = new NanonetsClient(new NanonetsClientOptions(TestClient.Key), new SlowLine(clock, bytesASecond), clock);
        string content = "%PDF-" + new string('x', bytes - 5);
        UploadSource source = form == "base64"
            ? UploadSource.FromBase64(Convert.ToBase64String(Encoding.ASCII.GetBytes(content)), "a.pdf")
            : UploadSource.FromPath(test.CreateFile("a.pdf", content));
        SendRequest request = TestClient.Request([source]);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        UploadOutcome outcome = (await client.UploadAsync(request, request.Documents, null, 1, null, null, cancel))[0];
        Assert.Equal(
            arrives ? (UploadClass.Accepted, null) : (UploadClass.NotSent, NanonetsErrorId.RequestTimedOut),
            (outcome.Class, outcome.Error?.ErrorId));
        Assert.Equal(arrives, clock.Elapsed > TimeSpan.FromSeconds(bytes / (double)bytesASecond));
    }

    /// <summary>A clock that moves by the line alone. What is due meanwhile rings at its own time, before the line goes on.</summary>
    private sealed class LineClock : Clock
    {
        private readonly List<(TimeSpan Due, Action Ring)> _alarms = [];
        private TimeSpan _elapsed;

        public override DateTimeOffset UtcNow => new DateTimeOffset(2025, 3, 17, 12, 0, 0, TimeSpan.Zero) + _elapsed;

        public override TimeSpan Elapsed => _elapsed;

        public override Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("One request waits for nothing.");

        public override IDisposable Alarm(TimeSpan duration, Action ring)
        {
            _alarms.Add((_elapsed + duration, ring));
            return new MemoryStream();
        }

        public void Pass(TimeSpan span)
        {
            TimeSpan end = _elapsed + span;
            while (_alarms.Exists(alarm => alarm.Due <= end))
            {
                (TimeSpan Due, Action Ring) next = _alarms.MinBy(static alarm => alarm.Due);
                _alarms.Remove(next);
                _elapsed = next.Due;
                next.Ring();
            }

            _elapsed = end;
        }
    }

    private sealed class SlowLine(LineClock clock, int bytesASecond) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(new Body(clock, bytesASecond), cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Accepted) };
        }
    }

    private sealed class Body(LineClock clock, int bytesASecond) : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            clock.Pass(TimeSpan.FromSeconds(count / (double)bytesASecond));
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
