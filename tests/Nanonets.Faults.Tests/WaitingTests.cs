using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Results that are paid for and slow to come.</summary>
public class WaitingTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Polls_that_fail_for_a_while_lose_nothing(int status)
    {
        await using Lab lab = await Lab.StartAsync(static options => options.ProcessingTimePerPage = TimeSpan.FromMinutes(1));
        Night night = await lab.NightAsync(lab.Documents(4));
        DateTimeOffset now = lab.Time.Now;
        FaultRule fault = lab.Fault(
            new FaultRule { Kind = FaultKind.Status, Status = status, Route = "GetPredictions", Since = now,
                Until = now + TimeSpan.FromMinutes(6) });
        FileResult[] results = await WaitAsync(lab, night, TimeSpan.FromHours(2));
        Assert.True(fault.Hits > 0);
        Assert.Equal(4, results.Length);
        Assert.All(results, static result => Assert.Equal(PageState.Success, Assert.Single(result.Pages).State));
    }

    [Theory]
    [InlineData(PendingAnswer.PendingPages)]
    [InlineData(PendingAnswer.Empty)]
    public async Task A_result_pending_for_six_hours_costs_few_polls(PendingAnswer shape)
    {
        await using Lab lab = await Lab.StartAsync(
            options => (options.ProcessingTimePerPage, options.PendingAnswer) = (TimeSpan.FromHours(6), shape));
        Night night = await lab.NightAsync(lab.Documents(1));
        Assert.Single(await WaitAsync(lab, night, TimeSpan.FromHours(12)));
        int polls = lab.Emulator.Requests.All.Count(static request => request.Route == "GetPredictions");
        Assert.InRange(polls, 1, 200);
        Figures.Report($"{shape}: {polls} polls in six hours");
    }

    private static async Task<FileResult[]> WaitAsync(Lab lab, Night night, TimeSpan timeout)
    {
        using NanonetsClient client = lab.Client();
        using var waiter = new ResultWaiter(client, timeout);
        return await Task.WhenAll(night.Ends.Select(end => waiter.WaitAsync(
            lab.Model, end.Outcome.RequestFileId!, end.Outcome.Pages.Length, TimeSpan.FromSeconds(2),
            TestContext.Current.CancellationToken)));
    }
}
