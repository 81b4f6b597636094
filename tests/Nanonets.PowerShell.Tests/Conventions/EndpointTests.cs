using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;
using Nanonets.Tests.Conformance;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>
/// Every endpoint of the documented API is reached by a cmdlet, answers it through the emulator, and its refusal is an error of that
/// cmdlet.
/// </summary>
public sealed class EndpointTests(EndpointSession emulated) : IClassFixture<EndpointSession>
{
    /// <summary>How a user comes to each endpoint.</summary>
    private static readonly Dictionary<string, string> s_calls = new()
    {
        ["POST OCR/Model/{m}/LabelFile/"] = "Send-NanonetsDocument a.png -ProcessingType Sync",
        ["POST OCR/Model/{m}/LabelFile/?async=true"] = "Send-NanonetsDocument a.png",
        ["POST OCR/Model/{m}/LabelUrls/"] = "Send-NanonetsDocument -Uri $address -ProcessingType Sync",
        ["POST OCR/Model/{m}/LabelUrls/?async=true"] = "Send-NanonetsDocument -Uri $address",
        ["GET Inferences/Model/{m}/InferenceRequestFiles/GetPredictions/{f}"] = "Get-NanonetsResult $id",
        ["GET Inferences/Model/{m}/ImageLevelInferences/{p}"] = "Get-NanonetsResult -Id $page.Id",
        ["GET Inferences/Model/{m}/ImageLevelInferences"] = "Get-NanonetsResult -After 2020-01-01",
        ["GET Inferences/Model/{m}/InferenceRequestFiles/{f}"] = "Get-NanonetsResult $id -IdOnly",
        ["POST Inferences/Model/{m}/ImageLevelInferences/Verify/{f}"] = "Approve-NanonetsDocument $id",
        ["POST Inferences/Model/{m}/ImageLevelInferences/UnVerify/{f}"] = "Undo-NanonetsApproval $id",
        ["PATCH Inferences/Model/{m}/ImageLevelInference"] = "Update-NanonetsResult $id -Field @{ total_amount = [guid]::NewGuid() }",
        ["DELETE Inferences/Model/{m}/InferenceRequestFiles/{f}"] = "Remove-NanonetsDocument $id -Confirm:$false",
        ["POST Inferences/Model/{m}/ImageLevelInferences/retryallexports"] = "Restart-NanonetsExport $id",
        ["POST ObjectDetection/Model/{m}/RetryPrediction"] = "Restart-NanonetsPrediction $id",
        ["POST team/members/model/{m}/assign/files"] = "Set-NanonetsReviewer $id -Reviewer reviewer@example.com",
        ["POST OCR/Model/"] = "New-NanonetsModel one, two",
        ["GET OCR/Model/{m}"] = "Get-NanonetsModel $model",
        ["GET OCR/Model/"] = "Get-NanonetsModel",
        ["GET ImageCategorization/Models/"] = "Get-NanonetsModel",
        ["POST OCR/Model/{m}/UploadFile/"] = "Add-NanonetsTrainingDocument a.png",
        ["POST OCR/Model/{m}/UploadUrls/"] = "Add-NanonetsTrainingDocument -Uri $address",
        ["POST OCR/Model/{m}/Train/"] = "Start-NanonetsTraining",
        ["GET ObjectDetection/Model/{m}/Annotations"] = "Get-NanonetsTrainingDocument",
        ["POST OCR/FullText"] = "Read-NanonetsText a.png",
        ["POST ImageCategorization/Model/"] = "New-NanonetsModel cat, dog -ModelType classification",
        ["GET ImageCategorization/Model/"] = "Get-NanonetsModel $classifier.ModelId",
        ["POST ImageCategorization/UploadFile/"] = "Add-NanonetsTrainingDocument a.png -Category cat -ModelId $classifier.ModelId",
        ["POST ImageCategorization/UploadUrls/"] = "Add-NanonetsTrainingDocument -Uri $address -Category dog -ModelId $classifier.ModelId",
        ["POST ImageCategorization/Train/"] = "$classifier | Start-NanonetsTraining",
        ["POST ImageCategorization/LabelFile/"] = "Send-NanonetsDocument a.png -Classification -ModelId $classifier.ModelId",
        ["POST ImageCategorization/LabelUrls/"] = "Send-NanonetsDocument -Uri $address -Classification -ModelId $classifier.ModelId",
    };

    /// <summary>Asked only when another route, which is asked first, knows nothing.</summary>
    private static readonly Dictionary<string, string> s_second =
        new() { ["ListReadingModels"] = "ListModels", ["GetClassifier"] = "GetModel" };

    public static TheoryData<string> Endpoints => [.. ApiEndpoint.Names];

    private ModuleSession Session => emulated.Session;

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Is_reached_by_a_cmdlet(string name)
    {
        ApiEndpoint endpoint = Begin(name);
        RunResult result = Session.Run(s_calls[name]);
        Assert.True(result.Errors.Count == 0 && result.Terminating is null,
            $"{s_calls[name]}: {string.Join("; ", result.Errors)} {result.Terminating}");
        Assert.Contains(
            Session.Emulator.Requests.All, request => IsOf(endpoint, request) && request is { Status: 200, HasAuthorization: true });

        // Its help names this endpoint, and whatever else it asked.
        string[] named = NamedBy(s_calls[name]);
        Assert.Contains(Shown(endpoint), named);
        Assert.All(Session.Emulator.Requests.All.Where(static request => request.HasAuthorization), request => Assert.True(
            ApiEndpoint.All.Any(known => IsOf(known, request) && named.Contains(Shown(known))),
            $"{s_calls[name]} also calls {request.Method} {request.Target}."));
    }

    [Fact]
    public void Help_names_only_endpoints_there_are() => Assert.All(Surface.Help, static help => Assert.All(
        help.Endpoints, endpoint => Assert.Contains(endpoint, ApiEndpoint.All.Select(Shown))));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Its_refusal_is_an_error_of_that_cmdlet(string name)
    {
        ApiEndpoint endpoint = Begin(name);
        Session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Route = endpoint.Route });
        ErrorRecordOf(Session.Run(s_calls[name]));
        Assert.Contains(Session.Emulator.Requests.All, request => IsOf(endpoint, request) && request.Status == 403);

        void ErrorRecordOf(RunResult result)
        {
            Assert.StartsWith("PermissionDenied,Nanonets.Commands.", result.OnlyError.FullyQualifiedErrorId);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public void Every_call_is_of_an_endpoint_and_every_cmdlet_that_asks_the_service_is_among_them()
    {
        Assert.Equal(ApiEndpoint.Names.Order(StringComparer.Ordinal), s_calls.Keys.Order(StringComparer.Ordinal));

        // The others reach the service on routes of these, or not at all.
        string[] others =
        [
            "Export-NanonetsReport", "Save-NanonetsDocument", "Test-NanonetsConnection", "Invoke-NanonetsInbox",
            "Get-NanonetsJournalEntry", "Measure-NanonetsJournal", "Resolve-NanonetsJournalEntry", "Remove-NanonetsJournalEntry",
            "Get-NanonetsJournalSchema",
        ];
        Assert.All(Surface.Help.Where(help => others.Contains(help.Name)), static help => Assert.Equal(
            help.Name.Contains("Journal", StringComparison.Ordinal), help.Endpoints.Count == 0));
        IEnumerable<string> asking = Surface.Cmdlets.Where(static cmdlet => cmdlet.Parameters.ContainsKey("Connection"))
            .Select(static cmdlet => cmdlet.Name);
        Assert.All(asking.Except(others), name => Assert.Contains(s_calls.Values, call => call.Contains(name, StringComparison.Ordinal)));
    }

    /// <summary>What the help of the cmdlet in a call names.</summary>
    private static string[] NamedBy(string call) =>
        [.. Surface.Help.Single(help => call.Contains(help.Name, StringComparison.Ordinal)).Endpoints];

    /// <summary>An endpoint as help shows it.</summary>
    private static string Shown(ApiEndpoint endpoint) => endpoint.ToString().Replace("{m}", "{model_id}", StringComparison.Ordinal)
        .Replace("{f}", "{request_file_id}", StringComparison.Ordinal).Replace("{p}", "{page_id}", StringComparison.Ordinal);

    private ApiEndpoint Begin(string name)
    {
        ApiEndpoint endpoint = ApiEndpoint.Of(name);
        emulated.Renew();
        if (s_second.TryGetValue(endpoint.Route, out string? first))
            Session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 404, Route = first });
        return endpoint;
    }

    private static bool IsOf(ApiEndpoint endpoint, LoggedRequest request)
    {
        bool queued = request.Target.Contains("async=true", StringComparison.Ordinal);
        return request.Route == endpoint.Route && request.Method == endpoint.Method
            && queued == endpoint.Path.Contains("async=true", StringComparison.Ordinal);
    }
}

/// <summary>A session with a document that was read, an address of another, and a model that classifies pictures.</summary>
public sealed class EndpointSession : IAsyncLifetime
{
    public ModuleSession Session { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, TrainingTime = TimeSpan.Zero });
        Session.AddFile("invoice.pdf", TestInvoice.Create());
        Session.Set("address", Session.Emulator.Serve("served.png", await System.IO.File.ReadAllBytesAsync(Session.AddFile("a.png"))));
        RunResult result = Session.Run(
            """
            $null = Add-NanonetsTrainingDocument invoice.pdf
            $classifier = New-NanonetsModel cat, dog -ModelType classification
            $null = Add-NanonetsTrainingDocument a.png -Category cat -ModelId $classifier.ModelId
            $null = $classifier | Start-NanonetsTraining
            """);
        Assert.Empty(result.Errors);
    }

    /// <summary>What an endpoint is tried on: a document that is not changed yet, no faults, no requests so far.</summary>
    public void Renew()
    {
        Session.Emulator.Faults.Clear();
        RunResult result = Session.Run(
            """
            Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -MaximumRetryCount 1
            $page = Send-NanonetsDocument invoice.pdf -ProcessingType Sync
            $id = $page.RequestFileId
            """);
        Assert.Empty(result.Errors);
        Session.Emulator.Requests.Clear();
    }

    public async ValueTask DisposeAsync() => await Session.DisposeAsync();
}
