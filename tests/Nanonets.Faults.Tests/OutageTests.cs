using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Hours in which the service takes nothing.</summary>
public class OutageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task In_an_outage_of_three_hours_few_uploads_are_tried_and_then_all_are_done(bool getsAnswer) => SurviveAsync(60, getsAnswer);

    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public Task In_an_outage_of_three_hours_few_of_3000_uploads_are_tried_and_then_all_are_done(bool getsAnswer) =>
        SurviveAsync(3000, getsAnswer);

    private static async Task SurviveAsync(int documents, bool getsAnswer)
    {
        await using Lab lab = await Lab.StartAsync();

        // What can witness that the listing is complete before the outage: without it, whatever the outage meets first stays held.
        UploadSource[] before = lab.Documents(6, 80_000);
        await lab.NightAsync(before);
        DateTimeOffset begins = lab.Time.Now + TimeSpan.FromMinutes(2);
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.Status, Status = 503, Route = "LabelFile", Since = begins,
                Until = begins + TimeSpan.FromHours(3) });
        if (!getsAnswer)
            lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = 503, Since = begins, Until = begins + TimeSpan.FromHours(3) });
        UploadSource[] all = lab.Documents(documents);
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(30), documents));
        Assert.InRange(fault.Hits, 1, 10);
        Assert.Equal(documents, night.Count(SendingEnd.Accepted, SendingEnd.Found, SendingEnd.Held));
        Assert.InRange(night.Tally[SendingEnd.Held], 0, fault.Hits);
        Assert.Null(night.Run.StopReason);
        int nights = await lab.SettleAsync([.. before, .. all]);
        Figures.Report($"{documents} documents, {(getsAnswer ? "GETs answered" : "nothing answered")}: {fault.Hits} POSTs in three hours, "
            + $"{night.Tally[SendingEnd.Held]} held at the end; all settled after {nights} more night(s)");
    }
}
