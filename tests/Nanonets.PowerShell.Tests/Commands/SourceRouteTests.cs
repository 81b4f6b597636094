using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Conventions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>
/// Every way to name a document, through the emulator's routes: what comes back, and each error that the API documents for uploads.
/// </summary>
public sealed class SourceRouteTests(EndpointSession emulated) : IClassFixture<EndpointSession>
{
    /// <summary>Each way with the route it takes and the name that the service gives the document.</summary>
    private static readonly Dictionary<string, (string Script, string Route, string Input)> s_ways = new()
    {
        ["file"] = ("Send-NanonetsDocument \"$name.pdf\"", "LabelFile", "invoice.pdf"),
        ["file, waiting"] = ("Send-NanonetsDocument \"$name.pdf\" -ProcessingType Sync", "LabelFile", "invoice.pdf"),
        ["address"] = ("Send-NanonetsDocument -Uri $addresses[$name]", "LabelUrls", "invoice.pdf"),
        ["address, waiting"] = ("Send-NanonetsDocument -Uri $addresses[$name] -ProcessingType Sync", "LabelUrls", "invoice.pdf"),
        ["base64"] = ("Send-NanonetsDocument -Base64Data "
            + "([Convert]::ToBase64String([IO.File]::ReadAllBytes(\"$folder/$name.pdf\"))) -FileName mail.pdf", "LabelFile",
            "base64_data.pdf"),
        ["stream"] = ("Send-NanonetsDocument -InputStream "
            + "([IO.MemoryStream]::new([IO.File]::ReadAllBytes(\"$folder/$name.pdf\"))) -FileName mail.pdf", "LabelFile", "mail.pdf"),
        ["classification"] = ("Send-NanonetsDocument \"$name.pdf\" -Classification", "ClassifierLabelFile", "invoice.pdf"),
        ["classification of an address"] =
            ("Send-NanonetsDocument -Uri $addresses[$name] -Classification", "ClassifierLabelUrls", "invoice.pdf"),
        ["classification of a piped file"] = (
            "Get-Item \"$name.pdf\" | Send-NanonetsDocument -Classification", "ClassifierLabelFile", "invoice.pdf"),
        ["classification of a piped address"] = (
            "$addresses[$name] | Send-NanonetsDocument -Classification", "ClassifierLabelUrls", "invoice.pdf"),
        ["classification of a stream"] = (
            "Send-NanonetsDocument -Classification -FileName mail.pdf "
                + "-InputStream ([IO.MemoryStream]::new([IO.File]::ReadAllBytes(\"$folder/$name.pdf\")))",
            "ClassifierLabelFile", "mail.pdf"),
        ["text"] = ("Read-NanonetsText \"$name.pdf\"", "FullText", "invoice.pdf"),
        ["text of an address"] = ("Read-NanonetsText -Uri $addresses[$name]", "FullText", "invoice.pdf"),
        ["text of a stream"] = ("Read-NanonetsText -InputStream "
            + "([IO.MemoryStream]::new([IO.File]::ReadAllBytes(\"$folder/$name.pdf\"))) -FileName mail.pdf", "FullText", "mail.pdf"),
        ["text of base64"] = ("Read-NanonetsText -Base64Data "
            + "([Convert]::ToBase64String([IO.File]::ReadAllBytes(\"$folder/$name.pdf\"))) -FileName mail.pdf", "FullText", "mail.pdf"),
    };

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    /// <summary>What the API documents for uploads, with what the module makes of it.</summary>
    public static TheoryData<string, string, string> Refusals
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach ((string way, (_, string route, _)) in s_ways)
            {
                data.Add(way, "unreadable", "IncorrectImage");
                data.Add(way, "key", "ApiKeyRejected");
                data.Add(way, "quota", "QuotaExhausted");
                data.Add(way, "right", "PermissionDenied");
                if (route != "FullText")
                {
                    data.Add(way, "model", "ModelNotFound");
                    data.Add(way, "untrained", "ModelNotReady");
                }

                if (!way.Contains("address", StringComparison.Ordinal))
                    data.Add(way, "size", "DocumentTooLarge");
            }

            return data;
        }
    }

    private int _charged;

    private ModuleSession Session => emulated.Session;

    private EmulatorOptions Options => Session.Emulator.Options;

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_document_comes_back_from_its_route(string way)
    {
        Begin("invoice");
        (string script, string route, string input) = s_ways[way];
        RunResult result = Session.Run(script + ModelOf(way));
        Assert.Empty(result.Errors);
        Assert.Equal(input, Assert.Single(result.Values("Input")));
        Assert.Single(Session.Emulator.Requests.All, request => request.Route == route && request.Status == 200);
        Assert.Equal(_charged + 1, Session.Emulator.Billing.Charges.Count);
        if (route == "FullText")
            Assert.Contains("Invoice number: INV-0417", Assert.Single(result.Values("Text"))!.ToString());
        else if (route.StartsWith("Classifier", StringComparison.Ordinal))
            Assert.Equal(2, ((System.Collections.ICollection)Assert.Single(result.Values("Prediction"))!).Count);
        else
            Assert.Equal("INV-0417", Session.Run($"({script} | Get-NanonetsResult).Fields.invoice_number").Output.Single().ToString());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_is_one_error_and_costs_nothing(string way, string reason, string expected)
    {
        Begin(reason == "unreadable" ? "broken" : "invoice");
        string model = ModelOf(way);
        (string script, string route, _) = s_ways[way];
        switch (reason)
        {
            case "key":
                model = " -Connection (Connect-Nanonets -ApiKey wrong -BaseUri $uri -ModelId $model -PassThru)";
                break;
            case "quota":
                Options.FreePages = 0;
                break;
            case "right":
                Session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Route = route });
                break;
            case "model":
                model = " -ModelId gone";
                break;
            case "untrained":
                model = " -ModelId (New-NanonetsModel one, two).ModelId";
                break;
            case "size":
                Options.MaxBytes = 100;
                break;
        }

        try
        {
            RunResult result = Session.Run(script + model);
            Assert.StartsWith(expected + ",", result.OnlyError.FullyQualifiedErrorId);
            Assert.Empty(result.Output);
            Assert.Equal(_charged, Session.Emulator.Billing.Charges.Count);
        }
        finally
        {
            (Options.FreePages, Options.MaxBytes) = (null, null);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_list_of_a_text_answer_has_either_name(bool plural)
    {
        Begin("invoice");
        Options.FullTextResults = plural;
        try
        {
            Assert.Single(Session.Run("Read-NanonetsText invoice.pdf").Output);
        }
        finally
        {
            Options.FullTextResults = false;
        }
    }

    /// <summary>The document that scripts send, as a file and at an address.</summary>
    private void Begin(string name)
    {
        emulated.Renew();
        byte[] content = name == "broken" ? [.. "%PDF-1.7 "u8, .. Enumerable.Repeat((byte)'x', 200)] : TestInvoice.Create();
        Session.AddFile(name + ".pdf", content);
        Session.Set("addresses", new Dictionary<string, Uri> { [name] = Session.Emulator.Serve(name + ".pdf", content) });
        Session.Set("name", name);
        _charged = Session.Emulator.Billing.Charges.Count;
    }

    private static string ModelOf(string way) =>
        way.StartsWith("classification", StringComparison.Ordinal) ? " -ModelId $classifier.ModelId" : string.Empty;
}
