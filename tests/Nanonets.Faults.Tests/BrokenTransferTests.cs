using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>
/// A document whose transfer always breaks in the middle, as at a gateway's size limit: that is its own failure, not an outage.
/// </summary>
public class BrokenTransferTests
{
    /// <summary>Larger than what the system takes from a client before anybody reads.</summary>
    private const int Large = 8 * 1024 * 1024;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 20)]
    [InlineData(20, 0)]
    [InlineData(20, 20)]
    public async Task It_is_tried_a_few_times_and_is_the_one_error(int before, int after)
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.CutUpload, Route = "LabelFile", FileName = "large.pdf", AfterBytes = 100_000 });
        UploadSource large = lab.Document("large.pdf", bytes: Large);
        UploadSource[] all = [.. lab.Documents(before), large, .. lab.Documents(after, 100)];
        Night night = await lab.NightAsync(all);
        int posts = lab.Posts.Count(static post => post.FileNames.Contains("large.pdf"));
        Assert.True(posts <= 6, $"{posts} POSTs of the large document in {lab.Time.Elapsed}; {night.Describe()}");
        Assert.InRange(lab.Time.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(15));
        Assert.Equal(SendingEnd.NotSent, night.Of(large).End);
        Assert.NotNull(night.Of(large).Error);
        Assert.Equal((before + after, before + after), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Assert.Null(night.Run.StopReason);
    }

    [Fact]
    public async Task Three_of_them_among_others_are_three_errors()
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.CutUpload, Route = "LabelFile", FileName = "large-*", AfterBytes = 100_000 });
        UploadSource[] large = [.. Enumerable.Range(0, 3).Select(number => lab.Document($"large-{number}.pdf", bytes: Large))];
        Night night = await lab.NightAsync([.. lab.Documents(5), .. large, .. lab.Documents(20, 100)]);
        int posts = lab.Posts.Count(static post => post.FileNames[0].StartsWith("large-", StringComparison.Ordinal));
        Assert.True(posts <= 3 * 6, $"{posts} POSTs of three large documents in {lab.Time.Elapsed}; {night.Describe()}");
        Assert.All(large, one => Assert.Equal(SendingEnd.NotSent, night.Of(one).End));
        Assert.Equal((25, 25), (lab.Charges, night.Tally[SendingEnd.Accepted]));
        Assert.Null(night.Run.StopReason);
    }
}
