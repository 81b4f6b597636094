using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Documents that the service fetches by their address, and answers that lead elsewhere.</summary>
public class AddressTests
{
    [Theory]
    [InlineData(PartialStatus.Accepted)]
    [InlineData(PartialStatus.PartialContent)]
    public async Task A_partial_answer_is_mapped_to_each_address(PartialStatus status)
    {
        await using Lab lab = await Lab.StartAsync(options => options.PartialStatus = status);
        UploadSource[] good = [.. Enumerable.Range(1, 4).Select(number => lab.Address($"good-{number}.pdf", $"content {number}"))];
        UploadSource missing = UploadSource.FromUri(new Uri(lab.Emulator.BaseUri, "__emulator/documents/missing.pdf"));
        Night night = await lab.OpenAsync(durable: false);
        await lab.RunAsync(night, [lab.Job([good[0], good[1], missing, good[2], good[3]])]);
        Assert.Equal((4, 1), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Refused]));
        Assert.Equal(NanonetsErrorId.AddressNotFetched, night.Of(missing).Error!.ErrorId);
        Assert.Equal((4, 1), (lab.Charges, lab.Posts.Count));
        foreach (UploadSource one in good)
            Assert.Equal(
                one.FileName, lab.Emulator.Billing.Charges.Single(charge => charge.RequestFileId == night.Of(one).RequestFileId).FileName);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_is_not_followed_and_the_key_stays_here(int status)
    {
        await using Lab lab = await Lab.StartAsync();
        await using EmulatorServer other = await EmulatorServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = status, Body = FaultBody.Html,
            Location = other.ApiUri + "/OCR/Model/m/LabelFile/", FileName = "doc-00002.pdf" });
        UploadSource[] all = lab.Documents(8);
        Night night = await lab.NightAsync(all);
        Assert.Equal((7, 1), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Held]));
        Assert.Empty(other.Requests.All);
        Assert.Equal(8, lab.Posts.Count);
    }

    [Theory]
    [InlineData(302, "")]
    [InlineData(200, "<html>Please log in</html>")]
    [InlineData(200, "[[[[")]
    public async Task A_first_answer_that_is_none_of_the_services_ends_the_run_before_anything_is_sent(int status, string body)
    {
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.Status, Status = status, Body = FaultBody.Text, Text = body,
            Location = "https://login.example/", Route = "GetModel" });
        Night night = await lab.NightAsync(lab.Documents(8));
        Assert.Equal(NanonetsErrorId.InvalidResponse, night.Run.StopReason!.ErrorId);
        Assert.Equal((8, 0), (night.Tally[SendingEnd.Unsent], lab.Posts.Count));
    }
}
