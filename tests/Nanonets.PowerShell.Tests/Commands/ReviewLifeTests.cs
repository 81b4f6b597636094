using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Whole lives of documents and models against the emulator, as a user goes through them.</summary>
public class ReviewLifeTests
{
    private const string Corrected = "corrected by hand";

    [Fact]
    public async Task A_document_is_corrected_approved_taken_back_and_deleted()
    {
        await using ModuleSession session = await StartAsync();
        session.Run($"$page | Update-NanonetsResult -Field @{{ invoice_number = '{Corrected}' }}");
        Assert.Empty(session.Run("$error").Output);
        Assert.Equal(Corrected, session.Run("$page | Approve-NanonetsDocument -PassThru").Output.Single().Properties["Fields"]
            .Value is System.Collections.IDictionary fields ? fields["invoice_number"] : null);
        RunResult approved = session.Run("$id | Get-NanonetsResult");
        Assert.Equal((true, "approved"), (approved.Values("IsModerated").Single(), approved.Values("ApprovalStatus").Single()));

        Assert.Equal(false, session.Run("$id | Undo-NanonetsApproval -PassThru").Values("IsModerated").Single());
        Assert.Empty(session.Run($"Update-NanonetsResult $id -Field @{{ invoice_number = '{Corrected}' }} -Verbose").Errors);
        Assert.Single(session.Emulator.Requests.All, request => request.Route == "Update");

        Assert.Empty(session.Run("$page | Remove-NanonetsDocument -Confirm:$false").Errors);
        Assert.Equal(["DocumentNotFound"], session.Run("$id | Get-NanonetsResult").ErrorIds);
        Assert.Equal(["DocumentNotFound"], session.Run("$id | Remove-NanonetsDocument -Confirm:$false").ErrorIds);
    }

    [Fact]
    public async Task A_csv_file_of_rows_is_edited_and_sent_back()
    {
        await using ModuleSession session = await StartAsync();
        session.Run($"$rows = $page | ConvertTo-NanonetsRow; $rows[0].invoice_number = '{Corrected}'; $rows | Update-NanonetsResult; $rows "
            + "| Approve-NanonetsDocument");
        Assert.Empty(session.Run("$error").Output);
        Assert.Equal(Corrected, session.Run("(Get-NanonetsResult $id).Fields.invoice_number").Output.Single().ToString());

        session.Emulator.Requests.Clear();
        session.Run("$page | ConvertTo-NanonetsRow | Update-NanonetsResult -WarningVariable kept");
        Assert.All(session.Emulator.Requests.All, request => Assert.Equal("GET", request.Method));
        Assert.Contains("invoice_number", session.Run("$kept").Output.Single().ToString());
    }

    [Fact]
    public async Task A_document_is_given_to_a_reviewer_exported_and_read_again_without_another_charge()
    {
        await using ModuleSession session = await StartAsync();
        RunResult given = session.Run("($page | Set-NanonetsReviewer -Reviewer reviewer@example.com -PassThru).AssignedMembers");
        Assert.Equal("reviewer@example.com", given.Output.Single().ToString());
        Assert.NotEqual("", session.Run("($page | Restart-NanonetsExport -PassThru).ExportStatus").Output.Single().ToString());
        RunResult again = session.Run("$page | Restart-NanonetsPrediction -PassThru | Get-NanonetsResult -Wait");
        Assert.Equal("Success", again.Values("State").Single()!.ToString());
        Assert.Equal(1, session.Emulator.Billing.TotalPages);
    }

    [Fact]
    public async Task A_model_is_created_taught_and_trained()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("train.png");
        RunResult result = session.Run(
            "$new = New-NanonetsModel -Label total_amount, seller_name; $null = Get-ChildItem *.png | "
                + "Add-NanonetsTrainingDocument -ModelId $new.ModelId"
            + " -Annotation @{ Label = 'total_amount'; Text = '12.00'; XMin = 1; YMin = 2; XMax = 3; YMax = 4 }; $new | "
            + "Start-NanonetsTraining; Get-NanonetsModel | Where-Object ModelId -eq $new.ModelId;"
            + "$new | Get-NanonetsTrainingDocument");
        Assert.Empty(result.Errors);
        Assert.Equal(
            ["Queued", "train.png"], [result.Output[0].Properties["State"].Value.ToString(), result.Output[2].Properties["Input"].Value]);
        Assert.Equal(3, result.Output.Count);
        Assert.Equal(0, session.Emulator.Billing.TotalPages);
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("invoice.pdf", TestInvoice.Create());
        RunResult sent = session.Run(
            "$page = Send-NanonetsDocument invoice.pdf | Get-NanonetsResult -Wait; $id = $page.RequestFileId; $page");
        Assert.Single(sent.Output);
        return session;
    }
}
