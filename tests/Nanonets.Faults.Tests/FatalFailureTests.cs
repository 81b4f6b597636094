using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>What is fatal for the run, in the middle of a night whose consumer takes its time.</summary>
public class FatalFailureTests
{
    [Theory]
    [InlineData(401, 5)]
    [InlineData(402, 5)]
    [InlineData(401, 1)]
    [InlineData(402, 16)]
    public Task From_one_document_on_nothing_is_taken(int status, int throttle) => FailAsync(40, status, throttle);

    [Theory(Explicit = true)]
    [InlineData(401, 5)]
    [InlineData(402, 16)]
    public Task From_one_of_500_documents_on_nothing_is_taken(int status, int throttle) => FailAsync(500, status, throttle);

    private static async Task FailAsync(int documents, int status, int throttle)
    {
        int taken = documents / 2;
        await using Lab lab = await Lab.StartAsync(options => options.FreePages = status == 402 ? taken : null);
        if (status == 401)
            lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = 401, Route = "LabelFile", From = taken + 1 });
        UploadSource[] all = lab.Documents(documents);
        Night night = await lab.OpenAsync(throttle: throttle);

        // It waits for each result, so that uploads are accepted and not yet passed on when the first refusal comes.
        night.Consumer = (_, _) => lab.Time.DelayAsync(TimeSpan.FromSeconds(20), default);
        await lab.RunAsync(night, all.Select(one => lab.Job(one)));
        int refused = lab.Posts.Count(post => post.Status == status);
        Assert.InRange(refused, 1, throttle);
        Assert.Equal((taken, taken), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Assert.Equal(documents - taken, night.Tally[SendingEnd.Unsent]);
        Assert.Equal(status == 401 ? NanonetsErrorId.ApiKeyRejected : NanonetsErrorId.QuotaExhausted, night.Run.StopReason!.ErrorId);
        lab.Emulator.Options.FreePages = null;
        await lab.SettleAsync(all);
        Figures.Report($"{status} from document {taken + 1} of {documents}, throttle {throttle}: {refused} POST(s) refused, "
            + $"{taken} results came out");
    }
}
