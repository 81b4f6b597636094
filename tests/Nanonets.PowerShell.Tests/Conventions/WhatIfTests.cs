using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>-WhatIf makes no request that changes anything, whatever the cmdlet: the emulator's log proves it.</summary>
public class WhatIfTests
{
    /// <summary>How each cmdlet that changes something at the service is called.</summary>
    private static readonly Dictionary<string, string> s_calls = new()
    {
        ["Add-NanonetsTrainingDocument"] = "Add-NanonetsTrainingDocument a.png",
        ["Approve-NanonetsDocument"] = "$page | Approve-NanonetsDocument",
        ["New-NanonetsModel"] = "New-NanonetsModel one, two",
        ["Remove-NanonetsDocument"] = "$page | Remove-NanonetsDocument",
        ["Restart-NanonetsExport"] = "$page | Restart-NanonetsExport",
        ["Restart-NanonetsPrediction"] = "$page | Restart-NanonetsPrediction",
        ["Read-NanonetsText"] = "Read-NanonetsText a.png",
        ["Send-NanonetsDocument"] = "Send-NanonetsDocument a.png",
        ["Set-NanonetsReviewer"] = "$page | Set-NanonetsReviewer -Member reviewer@example.com",
        ["Start-NanonetsTraining"] = "Start-NanonetsTraining",
        ["Undo-NanonetsApproval"] = "$page | Undo-NanonetsApproval",
        ["Update-NanonetsResult"] = "$page | Update-NanonetsResult -Field @{ total_amount = '1'; invoice_number = '2' }",
    };

    /// <summary>What changes only files of this machine, and has tests of its own for that.</summary>
    private static readonly string[] s_local = ["Save-NanonetsDocument", "Resolve-NanonetsUpload", "Remove-NanonetsJournalEntry"];

    private static IEnumerable<string> Asking => Surface.Cmdlets
        .Where(static cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess).Select(static cmdlet => cmdlet.Name);

    [Fact]
    public async Task Nothing_changes()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("a.png");
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Run("$page = Send-NanonetsDocument invoice.pdf | Get-NanonetsResult -Wait");
        session.Emulator.Requests.Clear();
        foreach (string name in Asking.Where(s_calls.ContainsKey))
        {
            int shown = session.Console.Text.Length;
            RunResult result = session.Run($"{s_calls[name]} -WhatIf");
            Assert.True(result.Errors.Count == 0 && result.Output.Count == 0, $"{name}: {string.Join("; ", result.Errors)}");
            Assert.True(session.Console.Text[shown..].Contains("What if:", System.StringComparison.Ordinal), $"{name} says nothing.");
            Assert.True(session.Emulator.Requests.All.All(static request => request.Method == "GET"), $"{name} sends a request that changes something.");
        }

        Assert.Equal(1, session.Emulator.Billing.TotalPages);
    }

    [Fact]
    public void Every_cmdlet_that_asks_is_tried() => Assert.All(Asking, static name => Assert.True(s_calls.ContainsKey(name) || s_local.Contains(name), $"Say in this test how {name} is called."));
}
