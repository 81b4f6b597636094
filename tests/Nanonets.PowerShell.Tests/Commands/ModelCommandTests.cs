using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class ModelCommandTests
{
    private const string Model =
        """
        {"model_id":"m1","model_type":"ocr","state":5,"categories":[{"name":"total_amount","count":57},{"name":"seller_name","count":5}]}
        """;
    private const string Added = """
        {"Meta":{"ModelID":"m1","State":1},"Data":[{"filename":"train.png","size":{"width":10,"height":20},"id":"d1",
        "object":[{"name":"total_amount","ocr_text":"12.00","bndbox":{"xmin":1,"ymin":2,"xmax":3,"ymax":4}}]}]}
        """;

    [Fact]
    public async Task Lists_all_models_and_gets_each_once()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        RunResult all = session.Run("Get-NanonetsModel");
        Assert.Equal("m1", Assert.Single(all.Values("ModelId")));
        Assert.Equal("Ready", all.Values("State").Single()!.ToString());
        Assert.Single(session.Run("'m1', 'm1' | Get-NanonetsModel; ").Output);
        Assert.Equal(["ModelNotFound"], session.Run("'gone', 'm1' | Get-NanonetsModel").ErrorIds);
        Assert.Contains("total_amount, seller_name", session.Show("Get-NanonetsModel"));
    }

    [Fact]
    public async Task Creates_a_model_with_labels()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("New-NanonetsModel -Label a, b -WhatIf");
        Assert.StartsWith("TooFewLabels", session.Run("New-NanonetsModel -Label a, ' a '").OnlyError.FullyQualifiedErrorId);
        Assert.Empty(service.Changes);
        Assert.Equal("m1", Assert.Single(session.Run("New-NanonetsModel a, b").Values("ModelId")));
        Assert.Equal("""{"categories":["a","b"],"model_type":"ocr"}""", Assert.Single(service.Changes).Body);
    }

    [Fact]
    public async Task Starts_a_training()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        session.Run("Start-NanonetsTraining -WhatIf");
        Assert.Empty(service.Changes);
        Assert.Single(session.Run("Get-NanonetsModel | Start-NanonetsTraining").Output);
        Assert.Equal("OCR/Model/m1/Train/", Assert.Single(service.Changes).Path);
        service.Answer = _ => (409, ScriptedService.Error(409, "Model is not ready"));
        Assert.Equal(["ModelNotReady"], session.Run("Start-NanonetsTraining").ErrorIds);
    }

    [Theory]
    [InlineData("-Annotation @{ Label = 'total_amount'; Text = '12.00'; XMin = 1; YMin = 2; XMax = 3; YMax = 4 }")]
    [InlineData("-Annotation ([pscustomobject]@{ Label = 'total_amount'; Text = '12.00'; Box = @{ XMin = 1; YMin = 2; "
        + "XMax = 3; YMax = 4 } })")]
    public async Task Adds_a_training_document_with_annotations(string annotation)
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        string path = session.AddFile("train [1].png");
        session.Run($"Get-ChildItem *.png | Add-NanonetsTrainingDocument {annotation} -WhatIf");
        Assert.Empty(service.Changes);
        RunResult result = session.Run($"Get-ChildItem *.png | Add-NanonetsTrainingDocument {annotation}");
        Assert.Empty(result.Errors);
        Assert.Equal(("d1", path), (result.Values("DocumentId").Single(), result.Values("SourcePath").Single()));
        ServedRequest upload = Assert.Single(service.Changes);
        Assert.Equal("OCR/Model/m1/UploadFile/", upload.Path);
        Assert
            .Contains(
                """
                [{"filename":"train [1].png","object":[{"name":"total_amount","ocr_text":"12.00","bndbox":{"xmin":1,"ymin":2,"xmax":3,"ymax":4}}]}]
                """, upload.Body);
        Assert.Contains("name=\"file\"; filename=\"train [1].png\"", upload.Body);
    }

    [Fact]
    public async Task Adds_a_training_document_by_address()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Single(session.Run("Add-NanonetsTrainingDocument -Uri 'https://example.com/a/train.png?x=1'").Output);
        Assert.Equal("""{"data":[{"filename":"train.png","object":[]}],"urls":["https://example.com/a/train.png?x=1"]}""",
            Assert.Single(service.Changes).Body);
        Assert.Equal(["InvalidAddress"], session.Run("Add-NanonetsTrainingDocument -Uri 'ftp://example.com/x'").ErrorIds);
    }

    [Fact]
    public async Task Training_uploads_fail_by_file_and_are_never_repeated()
    {
        await using ScriptedService service = await StartAsync();
        await using ModuleSession session = await ModuleSession.StartAsync(service, retries: 2);
        session.AddFiles(2);
        session.AddFile("empty.png", [.. System.Text.Encoding.UTF8.GetBytes("no picture")]);
        service.Answer = request => request.Body.Contains("doc-01.png", System.StringComparison.Ordinal) ? (502, "") : null;
        RunResult result = session.Run("Get-ChildItem *.png | Sort-Object Name | Add-NanonetsTrainingDocument");
        Assert.Equal(["RequestAmbiguous", "UnsupportedFile"], result.ErrorIds);
        Assert.Single(result.Output);
        Assert.Equal(2, service.Changes.Count());

        service.Answer = _ => (401, "");
        RunResult doomed = session.Run("Get-ChildItem doc*.png | Add-NanonetsTrainingDocument");
        Assert.StartsWith("ApiKeyRejected", doomed.OnlyError.FullyQualifiedErrorId);
        Assert.Equal(2, Assert.IsType<System.Collections.IList>(doomed.OnlyError.TargetObject, exactMatch: false).Count);
    }

    [Fact]
    public async Task Lists_training_documents()
    {
        await using ScriptedService service = await StartAsync();
        service.Answer = request => request.Path == "ObjectDetection/Model/m1/Annotations" ? (200, Added) : null;
        await using ModuleSession session = await ModuleSession.StartAsync(service);
        Assert.Equal("train.png", Assert.Single(session.Run("Get-NanonetsTrainingDocument").Values("Input")));
        string shown = session.Show("Get-NanonetsTrainingDocument");
        Assert.Contains("10 x 20", shown);
        Assert.Contains("total_amount", shown);
        Assert.Contains("12.00", session.Show("(Get-NanonetsTrainingDocument).Annotations"));
    }

    private static async Task<ScriptedService> StartAsync()
    {
        ScriptedService service = await ScriptedService.StartAsync();
        service.Answer = request => request.Path switch
        {
            "ImageCategorization/Models/" => (200, $"[{Model}]"),
            "OCR/Model/gone" => (404, ScriptedService.Error(404, "Model does not exists")),
            "OCR/Model/m1/UploadFile/" or "OCR/Model/m1/UploadUrls/" => (200, Added),
            _ => (200, Model),
        };
        return service;
    }
}
