using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>
/// Some addresses of a request could not be fetched: 202 by the specification, 206 by the vendor's table of statuses. Each address has its
/// own outcome.
/// </summary>
public class PartialAnswerTests
{
    private const string Gone = "https://files.example.com/in/gone.pdf?sig=s3cret";

    [Theory]
    [InlineData(PartialStatus.Accepted, "", "LabelUrls")]
    [InlineData(PartialStatus.PartialContent, "", "LabelUrls")]
    [InlineData(PartialStatus.Accepted, "-ProcessingType Sync", "LabelUrls")]
    [InlineData(PartialStatus.PartialContent, "-ProcessingType Sync", "LabelUrls")]
    [InlineData(PartialStatus.Accepted, "-Classification -ModelId $classifier.ModelId", "ClassifierLabelUrls")]
    [InlineData(PartialStatus.PartialContent, "-Classification -ModelId $classifier.ModelId", "ClassifierLabelUrls")]
    public async Task Each_address_has_its_outcome(PartialStatus status, string parameters, string route)
    {
        await using ModuleSession session = await StartAsync(status);
        RunResult result = session.Run(
            $"Send-NanonetsDocument -Uri $first, '{Gone}', $second -FilesPerRequest 5 -ErrorVariable failed {parameters}");
        Assert.Equal([session.Emulator.BaseUri + "__emulator/documents/first.png",
            session.Emulator.BaseUri + "__emulator/documents/second.png"], result.Values("SourcePath"));
        Assert.Equal(["first.png", "second.png"], result.Values("Input"));
        Assert.Equal(["AddressNotFetched"], result.ErrorIds);
        Assert.Contains("https://files.example.com/in/gone.pdf", result.Errors[0].ToString());
        Assert.DoesNotContain("s3cret", result.Errors[0].ToString());
        LoggedRequest request = Assert.Single(session.Emulator.Requests.All, request => request.Route == route);
        Assert.Equal(status == PartialStatus.Accepted ? 202 : 206, request.Status);
        Assert.Equal(2, session.Emulator.Billing.Charges.Count);

        // The target of the error is the one that failed: piped in again it is tried alone.
        session.Emulator.Requests.Clear();
        session.Run($"$failed.TargetObject | Send-NanonetsDocument {parameters}");
        Assert.Single(session.Emulator.Requests.All, again => again.Route == route);
        Assert.Equal(2, session.Emulator.Billing.Charges.Count);
    }

    [Fact]
    public async Task Accepted_addresses_lead_to_their_results()
    {
        await using ModuleSession session = await StartAsync(PartialStatus.Accepted);
        RunResult result = session.Run($"Send-NanonetsDocument -Uri '{Gone}', $invoice -FilesPerRequest 2 -ErrorAction SilentlyContinue | "
            + "Get-NanonetsResult | ForEach-Object { $_.Fields.invoice_number }");
        Assert.Equal("INV-0417", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public async Task When_no_address_can_be_fetched_each_is_one_error_and_nothing_is_charged()
    {
        await using ModuleSession session = await StartAsync(PartialStatus.Accepted);
        RunResult result = session.Run($"Send-NanonetsDocument -Uri '{Gone}', https://files.example.com/other.pdf -FilesPerRequest 2");
        Assert.Equal(2, result.Errors.Count);
        Assert.Empty(result.Output);
        Assert.Empty(session.Emulator.Billing.Charges);
    }

    [Theory]
    [InlineData("Send-NanonetsDocument a.png -OnAmbiguous Hold", "LabelFile", "UploadAmbiguous")]
    [InlineData("Send-NanonetsDocument -Uri $first -OnAmbiguous Hold", "LabelUrls", "UploadAmbiguous")]
    [InlineData("Send-NanonetsDocument -Base64Data $data -FileName a.png -OnAmbiguous Hold", "LabelFile", "UploadAmbiguous")]
    [InlineData("Send-NanonetsDocument a.png -Classification -ModelId $classifier.ModelId", "ClassifierLabelFile", "UploadAmbiguous")]
    [InlineData("Read-NanonetsText a.png", "FullText", "UploadAmbiguous")]
    [InlineData("Get-NanonetsResult $id", "GetPredictions", "InvalidResponse")]
    [InlineData("Get-NanonetsResult -After 2020-01-01", "List", "InvalidResponse")]
    [InlineData("Approve-NanonetsDocument $id", "Verify", "InvalidResponse")]
    [InlineData("New-NanonetsModel a, b", "CreateModel", "InvalidResponse")]
    public async Task A_redirect_to_another_host_is_not_followed_so_the_key_stays_here(string script, string route, string expected)
    {
        using var other = new StubService(static _ => (200, "{}"));
        await using ModuleSession session = await StartAsync(PartialStatus.Accepted);
        session.Run("$id = (Send-NanonetsDocument b.png).RequestFileId");
        session.Emulator.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Status = 307, Route = route, Body = FaultBody.Html,
                Location = other.Address + "api/v2/elsewhere" });
        Assert.StartsWith(expected, session.Run(script).OnlyError.FullyQualifiedErrorId);
        Assert.Empty(other.Requests);
    }

    private static async Task<ModuleSession> StartAsync(PartialStatus status)
    {
        ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, TrainingTime = TimeSpan.Zero, PartialStatus = status });
        foreach (string name in (string[])["first", "second"])
            session.Set(name, session.Emulator.Serve(name + ".png",
                await System.IO.File.ReadAllBytesAsync(session.AddFile(name + ".png"), TestContext.Current.CancellationToken)));
        session.Set("invoice", session.Emulator.Serve("invoice.pdf", TestInvoice.Create()));
        session.Set("data", Convert.ToBase64String(
            await System.IO.File.ReadAllBytesAsync(session.AddFile("a.png"), TestContext.Current.CancellationToken)));
        session.AddFile("b.png");
        session.Run(
            """
            $classifier = New-NanonetsModel cat, dog -ModelType classification
            $null = Add-NanonetsTrainingDocument a.png -Category cat -ModelId $classifier.ModelId
            $null = $classifier | Start-NanonetsTraining
            """);
        return session;
    }
}
