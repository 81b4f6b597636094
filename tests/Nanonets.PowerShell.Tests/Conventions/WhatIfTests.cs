using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>
/// -WhatIf makes no request that changes anything, whatever the cmdlet and however it is called: the emulator's log proves it. Nor does it
/// touch a file.
/// </summary>
public class WhatIfTests
{
    /// <summary>The ways to call each cmdlet that changes something.</summary>
    private static readonly Dictionary<string, string[]> s_calls = new()
    {
        ["Add-NanonetsTrainingDocument"] =
        [
            "Add-NanonetsTrainingDocument a.png", "Add-NanonetsTrainingDocument -LiteralPath a.png -Annotation $page.Prediction",
            "Add-NanonetsTrainingDocument -Uri $address",
            "Add-NanonetsTrainingDocument a.png -Category cat", "Add-NanonetsTrainingDocument -Uri $address -Category cat",
        ],
        ["Approve-NanonetsDocument"] = ["$page | Approve-NanonetsDocument", "Approve-NanonetsDocument $id -PassThru"],
        ["Export-NanonetsReport"] = ["$page | Export-NanonetsReport report.html"],
        ["Invoke-NanonetsInbox"] = ["Invoke-NanonetsInbox . out -Label total_amount -MinimumAge 0"],
        ["New-NanonetsModel"] = ["New-NanonetsModel one, two", "New-NanonetsModel one, two -ModelType classification"],
        ["Read-NanonetsText"] =
        [
            "Read-NanonetsText a.png", "Read-NanonetsText -LiteralPath a.png", "Read-NanonetsText -Uri $address",
            "Read-NanonetsText -Base64Data $data -FileName a.png",
            "Read-NanonetsText -InputStream ([IO.MemoryStream]::new([Convert]::FromBase64String($data))) -FileName a.png",
        ],
        ["Remove-NanonetsDocument"] = ["$page | Remove-NanonetsDocument", "Remove-NanonetsDocument $id -PassThru"],
        ["Remove-NanonetsJournalEntry"] = ["Remove-NanonetsJournalEntry -Before ([datetime]::Now.AddDays(1)) -Journal uploads.db -Force"],
        ["Resolve-NanonetsJournalEntry"] =
        [
            "Get-NanonetsJournalEntry -Journal uploads.db | Resolve-NanonetsJournalEntry -Resend -Journal uploads.db",
            "Get-NanonetsJournalEntry -Journal uploads.db | Resolve-NanonetsJournalEntry -Adopt x -Journal uploads.db",
            "Get-NanonetsJournalEntry -Journal uploads.db | Resolve-NanonetsJournalEntry -Discard -Journal uploads.db",
        ],
        ["Restart-NanonetsExport"] = ["$page | Restart-NanonetsExport", "Restart-NanonetsExport $id -PassThru"],
        ["Restart-NanonetsPrediction"] = ["$page | Restart-NanonetsPrediction", "Restart-NanonetsPrediction $id -PassThru"],
        ["Save-NanonetsDocument"] =
            ["$page | Save-NanonetsDocument out -Part Original, PageImage, Thumbnail", "Save-NanonetsDocument out -RequestFileId $id"],
        ["Send-NanonetsDocument"] =
        [
            "Send-NanonetsDocument a.png", "Send-NanonetsDocument -LiteralPath a.png -ProcessingType Sync",
            "Send-NanonetsDocument -Uri $address", "Send-NanonetsDocument -Base64Data $data -FileName a.png",
            "Send-NanonetsDocument -InputStream ([IO.MemoryStream]::new([Convert]::FromBase64String($data))) -FileName a.png",
            "Send-NanonetsDocument a.png -Classification", "Send-NanonetsDocument -LiteralPath a.png -Classification",
            "Send-NanonetsDocument -Uri $address -Classification",
                "Send-NanonetsDocument -Base64Data $data -FileName a.png -Classification",
            "$bytes = [Convert]::FromBase64String($data); "
                + "Send-NanonetsDocument -Classification -FileName a.png -InputStream ([IO.MemoryStream]::new($bytes))",
            "Send-NanonetsDocument a.png -Journal other.db", "Send-NanonetsDocument invoice.pdf -Journal uploads.db -Resend All",
        ],
        ["Set-NanonetsReviewer"] = ["$page | Set-NanonetsReviewer -Reviewer reviewer@example.com",
            "Set-NanonetsReviewer $id -Reviewer reviewer@example.com -PassThru"],
        ["Start-NanonetsTraining"] = ["Start-NanonetsTraining", "Start-NanonetsTraining -ModelType classification"],
        ["Undo-NanonetsApproval"] = ["$page | Undo-NanonetsApproval", "Undo-NanonetsApproval $id -PassThru"],
        ["Update-NanonetsResult"] =
        [
            "$page | Update-NanonetsResult -Field @{ total_amount = '1'; invoice_number = '2' }",
            "Update-NanonetsResult $id -Field @{ total_amount = '1' } -PassThru",
            "$row | Update-NanonetsResult", "$page | Update-NanonetsResult -Cell @{ Row = 2; Column = 1; Text = 'x' }",
        ],
    };

    private static IEnumerable<string> Asking => Surface.Cmdlets
        .Where(static cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess).Select(
            static cmdlet => cmdlet.Name);

    [Fact]
    public async Task Nothing_changes()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        byte[] picture = await File.ReadAllBytesAsync(session.AddFile("a.png"), TestContext.Current.CancellationToken);
        session.Set("address", session.Emulator.Serve("served.png", picture));
        session.Set("data", System.Convert.ToBase64String(picture));
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Run(
            """
            $page = Send-NanonetsDocument invoice.pdf -ProcessingType Sync -Journal uploads.db
            $id = $page.RequestFileId
            $row = $page | ConvertTo-NanonetsRow -Label invoice_number, total_amount
            $row.total_amount = 'changed'
            """);
        string[] before = Files(session);
        string journal = Journal(session);
        session.Emulator.Requests.Clear();
        foreach ((string name, string call) in s_calls.SelectMany(static calls => calls.Value.Select(call => (calls.Key, call))))
        {
            int shown = session.Console.Text.Length;
            RunResult result = session.Run($"{call} -WhatIf");
            Assert.True(result.Errors.Count == 0 && result.Terminating is null && result.Output.Count == 0,
                $"{call}: {string.Join("; ", result.Errors)} {result.Terminating}");
            Assert.True(session.Console.Text[shown..].Contains("What if:", System.StringComparison.Ordinal), $"{call} says nothing.");
            Assert.True(session.Emulator.Requests.All.All(static request => request.Method == "GET"),
                $"{call} sends a request that changes something.");
            Assert.Contains(name, call);
        }

        Assert.Equal(1, session.Emulator.Billing.TotalPages);
        Assert.Equal(before, Files(session));
        Assert.Equal(journal, Journal(session));
    }

    /// <summary>Every cmdlet there is either asks, and is tried above, or only reads.</summary>
    [Fact]
    public void Every_cmdlet_that_asks_is_tried() => Assert.Equal(Asking.Order(), s_calls.Keys.Order());

    /// <summary>A way to call is told by its parameter set: none may be forgotten.</summary>
    [Fact]
    public void Every_way_to_call_them_is_tried() => Assert.All(
        Surface.Cmdlets.Where(static cmdlet => s_calls.ContainsKey(cmdlet.Name)),
        static cmdlet => Assert.True(
            s_calls[cmdlet.Name].Length >= cmdlet.ParameterSets.Count(static set => set.Name != "InputObject"),
            $"{cmdlet.Name} has {cmdlet.ParameterSets.Count} ways to call it."));

    /// <summary>The files there are, but not the lock and the log that a journal leaves beside itself.</summary>
    private static string[] Files(ModuleSession session) =>
        [.. Directory.GetFileSystemEntries(session.Folder, "*", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("uploads.db", System.StringComparison.Ordinal)).Order()];

    private static string Journal(ModuleSession session) =>
        string.Join('\n', session.Run("Get-NanonetsJournalEntry -Journal uploads.db").Output.Select(
            static entry => string.Join(", ", entry.Properties.Select(static property => $"{property.Name}={property.Value}"))));
}
