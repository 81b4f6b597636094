using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Models that classify pictures: from their categories to classes of a picture, against the emulator.</summary>
public class ClassificationModelTests
{
    [Fact]
    public async Task A_model_is_created_taught_trained_and_used()
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run(
            """
            Get-ChildItem cat*.png | Add-NanonetsTrainingDocument -ModelId $new.ModelId -Category cat
            Add-NanonetsTrainingDocument -Uri $address -ModelId $new.ModelId -Category dog
            $new | Start-NanonetsTraining
            Send-NanonetsDocument cat-1.png -Classification -ModelId $new.ModelId
            Get-NanonetsModel $new.ModelId
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(["cat-1.png", "cat-2.png", "dog.png"], result.Values("Input").Take(3));
        Assert.Equal(("classification", "Ready"), (result.Values("ModelType").Last(), result.Values("State").Last()!.ToString()));
        Assert.Equal("cat", session.Run("(Send-NanonetsDocument cat-2.png -Classification -ModelId $new.ModelId).Prediction[0].Label")
            .Output.Single().ToString());
        string[] routes = [.. session.Emulator.Requests.All.Select(request => request.Route!)];
        Assert.Equal(2, routes.Count(route => route == "ClassifierUploadFile"));
        Assert.All((string[])["ClassifierUploadUrls", "ClassifierTrain", "ClassifierLabelFile"], route => Assert.Contains(route, routes));
        Assert.DoesNotContain(routes, route => route is "UploadFile" or "UploadUrls" or "Train");
    }

    [Fact]
    public async Task What_is_refused_is_an_error_of_its_own()
    {
        await using ModuleSession session = await StartAsync();
        Assert.Equal(
            ["RequestRejected"], session.Run("Add-NanonetsTrainingDocument cat-1.png -Category bird -ModelId $new.ModelId").ErrorIds);
        Assert.Equal(["RequestRejected"], session.Run("Start-NanonetsTraining $new.ModelId -ModelType Classification").ErrorIds);
        Assert.Equal(["ModelNotReady"],
            session.Run("Send-NanonetsDocument cat-1.png -Classification -ModelId $new.ModelId; $null = $error").ErrorIds);
        Assert.StartsWith("TooFewLabels", session.Run("New-NanonetsModel one -ModelType classification").OnlyError.FullyQualifiedErrorId);
        Assert.Equal(["ModelNotFound"], session.Run("Get-NanonetsModel gone").ErrorIds);
        Assert.Equal(["GetModel", "GetClassifier"], session.Emulator.Requests.All.TakeLast(2).Select(request => request.Route));
    }

    [Fact]
    public async Task A_model_that_only_the_route_of_classification_knows_can_be_sent_to()
    {
        await using ModuleSession session = await StartAsync();
        session.Run("$null = Add-NanonetsTrainingDocument cat-1.png -Category cat -ModelId $new.ModelId; $null = $new "
            + "| Start-NanonetsTraining");
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 404, Route = "GetModel" });
        RunResult result = session.Run("Send-NanonetsDocument cat-1.png -Classification -ModelId $new.ModelId");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task A_model_whose_creation_is_not_answered_is_not_created_twice()
    {
        await using ModuleSession session = await StartAsync();
        session.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.CutAfter, Route = "CreateClassifier" });
        session.Emulator.Requests.Clear();
        Assert.StartsWith(
            "RequestAmbiguous", session.Run("New-NanonetsModel cat, dog -ModelType classification").OnlyError.FullyQualifiedErrorId);
        Assert.Single(session.Emulator.Requests.All);
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync(options: new EmulatorOptions { TrainingTime = TimeSpan.Zero });
        session.AddFile("cat-1.png");
        session.AddFile("cat-2.png");
        session.Set("address", session.Emulator.Serve(
            "dog.png", await System.IO.File.ReadAllBytesAsync(session.AddFile("dog.png"), TestContext.Current.CancellationToken)));
        session.Run("$new = New-NanonetsModel cat, dog -ModelType classification");
        return session;
    }
}
