using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Support;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Sending.Admission;
using Nanonets.Sending.Reconciliation;
using Nanonets.Uploading;

namespace Nanonets.Client.Tests.Uploading;

/// <summary>The last bytes of an upload leave only while the journal's word for the claim is young.</summary>
public class ClaimConfirmationTests
{
    /// <summary>How long each answer of the journal takes; then how often it is asked, and whether the upload leaves.</summary>
    [Theory]
    [InlineData("0", 1, true)]
    [InlineData("4.9", 1, true)]
    [InlineData("5", 3, false)]
    [InlineData("60 0", 2, true)]
    [InlineData("60 60 4", 3, true)]
    [InlineData("60 60 60", 3, false)]
    [InlineData("refused", 1, false)]
    [InlineData("60 refused", 2, false)]
    public async Task The_last_bytes_leave_after_a_young_word_of_the_journal(string answers, int asked, bool leaves)
    {
        using var test = new TestClient();
        var run = new RunThatIsAsked(test.Clock, answers.Split(' '));
        (UploadOutcome outcome, long sent, long length) = await UploadAsync(test, run);
        Assert.Equal(asked, run.Asked);
        Assert.Equal(leaves ? UploadClass.Accepted : UploadClass.NotSent, outcome.Class);
        Assert.Equal(leaves ? null : NanonetsErrorId.JournalUnavailable, outcome.Error?.ErrorId);
        Assert.Equal(leaves, sent == length);
        Assert.True(leaves || sent > length - 100, "All but the closing boundary had left.");
        if (!leaves)
            Assert.IsType<RetryDecision.Stop>(RetryDecision.Of(outcome, 1, 5, new ServiceState(true, true)));
    }

    [Fact]
    public async Task A_machine_that_sleeps_after_the_word_keeps_the_last_bytes_back()
    {
        using var test = new TestClient();
        var run = new RunThatIsAsked(test.Clock, ["0"]) { Answered = () => test.Clock.Sleep(TimeSpan.FromHours(8)) };
        (UploadOutcome outcome, long sent, long length) = await UploadAsync(test, run);
        Assert.Equal((UploadClass.NotSent, NanonetsErrorId.JournalUnavailable), (outcome.Class, outcome.Error!.ErrorId));
        Assert.Contains("took longer than 5 s to confirm", outcome.Error.Message);
        Assert.InRange(sent, length - 100, length - 1);
    }

    [Fact]
    public void The_clock_that_counts_sleep_goes_forward()
    {
        TimeSpan first = Clock.System.ElapsedWithSleep;
        Assert.True(SpinWait.SpinUntil(() => Clock.System.ElapsedWithSleep > first, TimeSpan.FromMinutes(1)));
    }

    private static async Task<(UploadOutcome Outcome, long Sent, long Length)> UploadAsync(
        TestClient test, RunThatIsAsked run)
    {
        using var body = new MemoryStream();
        long length = 0;
        test.Respond(async request =>
        {
            length = request.Content!.Headers.ContentLength!.Value;
            await request.Content.CopyToAsync(body);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(Example.Read("labelfile-async-3page-nested")),
            };
        });
        SendRequest request = TestClient.Request([test.CreateFile("invoice-0417.pdf")]);
        UploadOutcome[] outcomes = await test.Client.UploadAsync(
            request, request.Documents, null, 1, new ClaimConfirmation(run, test.Clock), test, TestContext.Current.CancellationToken);
        return (outcomes[0], body.Length, length);
    }

    /// <summary>A run of a journal that others share.</summary>
    private sealed class RunThatIsAsked(ManualClock clock, string[] answers) : IJournalRun
    {
        public int Asked { get; private set; }

        public Action? Answered { get; init; }

        public string RunId => "run";

        public bool ClaimsPassOn => true;

        public bool IsShared => true;

        public TimeSpan ClockCorrection => TimeSpan.Zero;

        public async Task ConfirmClaimsAsync(CancellationToken cancellationToken)
        {
            string answer = answers[Math.Min(Asked++, answers.Length - 1)];
            if (answer == "refused")
                throw new NanonetsException(NanonetsErrorId.JournalUnavailable, "Its claims have passed on.");

            clock.Advance(TimeSpan.FromSeconds(double.Parse(answer, System.Globalization.CultureInfo.InvariantCulture)));
            Answered?.Invoke();

            // Whoever watches the time has a chance to notice it: waiting for the journal is no silence of the service.
            for (int i = 0; i < 1000; i++)
                await Task.Yield();
        }

        public Task<JournalAnswer> BeginAsync(JournalEntry planned, ResendScope resend, DateTimeOffset at, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task<JournalEntry> RecordAsync(long entryId, UploadChange change, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<JournalEntry>> ClaimUnresolvedAsync(
            string origin, string modelId, DateTimeOffset at, CancellationToken stop) => throw new NotSupportedException();

        public Task<ModelContinuity> ContinuityAsync(string origin, string modelId, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task KeepListedAsync(string origin, string modelId, IReadOnlyList<ListedUpload> files, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task CompleteRebuildAsync(string origin, string modelId, CancellationToken stop) => throw new NotSupportedException();

        public Task<bool> IsKnownFileAsync(string origin, string modelId, string requestFileId, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task<T> ChangeAsync<T>(string origin, string modelId, Func<PageWindow, T> change) => throw new NotSupportedException();

        public Task<JournalNeighbours> NeighboursAsync(
            string origin, string modelId, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken stop) =>
            throw new NotSupportedException();

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
