using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Clocks that are wrong, and midnight.</summary>
public class CalendarTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-400)]
    public async Task A_clock_that_is_wrong_by_days_finds_what_was_lost(int days)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", Probability = 0.2, Seed = 5 });
        UploadSource[] all = lab.Documents(30);
        Night night = await lab.NightAsync(all, wrongBy: TimeSpan.FromDays(days));
        Assert.True(fault.Hits > 0);
        Assert.Equal((30, 30, fault.Hits), (lab.Charges, lab.Posts.Count, night.Tally[SendingEnd.Found]));

        // The next night the clock is right again.
        await lab.SettleAsync(all);
    }

    [Fact]
    public async Task Midnight_UTC_in_the_middle_of_a_night_mixes_nothing_up()
    {
        await using Lab lab = await Lab.StartAsync(start: new DateTimeOffset(2025, 3, 17, 23, 50, 0, TimeSpan.Zero));
        FaultRule fault = lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", Probability = 0.3, Seed = 5 });
        UploadSource[] all = lab.Documents(40);
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(20), 40));
        Assert.Contains(lab.Posts, post => post.Fault is not null && post.ReceivedAt.Day == 17);
        Assert.Contains(lab.Posts, post => post.Fault is not null && post.ReceivedAt.Day == 18);
        Assert.Equal((40, 40, fault.Hits), (lab.Charges, lab.Posts.Count, night.Tally[SendingEnd.Found]));
    }
}
