using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>What is wrong with one model fails that model's documents; a run that sends to others goes on.</summary>
public class ModelScopeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Of_four_rows_the_one_with_an_unknown_model_fails_alone(int wrong)
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(4);
        Night night = await lab.OpenAsync(throttle: 1);
        await lab.RunAsync(night, [.. all.Select((one, row) => row == wrong ? lab.JobFor(LabJournals.UnknownModel, one) : lab.Job(one))]);
        Check(lab, night, [.. all.Where((_, row) => row != wrong)], [all[wrong]], NanonetsErrorId.ModelNotFound);
    }

    [Fact]
    public async Task Of_forty_rows_every_third_of_an_unknown_model_only_these_fail()
    {
        await using Lab lab = await Lab.StartAsync();
        UploadSource[] all = lab.Documents(40);
        Night night = await lab.OpenAsync();
        await lab.RunAsync(night, [.. all.Select((one, row) => row % 3 == 1 ? lab.JobFor(LabJournals.UnknownModel, one) : lab.Job(one))]);
        Check(lab, night, [.. all.Where(static (_, row) => row % 3 != 1)], [.. all.Where(static (_, row) => row % 3 == 1)],
            NanonetsErrorId.ModelNotFound);
    }

    [Fact]
    public async Task A_model_that_is_not_trained_fails_its_own_documents()
    {
        await using Lab lab = await Lab.StartAsync();
        using NanonetsClient client = lab.Client();
        string unready =
            (await client.CreateModelAsync(["number", "date"], cancellationToken: TestContext.Current.CancellationToken)).ModelId!;
        UploadSource[] all = lab.Documents(12);
        Night night = await lab.OpenAsync(throttle: 3);
        await lab.RunAsync(night, [.. all.Select((one, row) => row % 4 == 1 ? lab.JobFor(unready, one) : lab.Job(one))]);
        Check(lab, night, [.. all.Where(static (_, row) => row % 4 != 1)], [.. all.Where(static (_, row) => row % 4 == 1)],
            NanonetsErrorId.ModelNotReady);
    }

    private static void Check(
        Lab lab, Night night, IReadOnlyList<UploadSource> good, IReadOnlyList<UploadSource> bad, NanonetsErrorId error)
    {
        Assert.True(good.All(one => night.Of(one).End == SendingEnd.Accepted), night.Describe());
        Assert.Equal(good.Count, lab.Charges);
        Assert.All(bad, one => Assert.False(night.Of(one).HasPages));

        // One error for each or one for all of the model: at least one document carries it, and nothing stops the run.
        Assert.Contains(bad, one => night.Of(one).Error?.ErrorId == error);
        Assert.Null(night.Run.StopReason);
    }
}
