using System.IO;
using System.Threading.Tasks;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A session in the world that the examples of help and guides speak of.</summary>
internal static class ExampleWorld
{
    public static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("script", Path.Combine(RepositoryFiles.Root, "tests/Pester/ExampleWorld.ps1"));
        session.Set("root", RepositoryFiles.Root);
        RunResult made = session.Run(". $script -Emulator @{ BaseUri = $uri; ApiKey = $key; ModelId = $model } -Repository $root");
        Assert.Null(made.Terminating);
        Assert.Empty(made.Errors);
        return session;
    }

    /// <summary>The connection as the world makes it.</summary>
    public static void Connect(ModuleSession session) =>
        session.Run("Connect-Nanonets -ApiKey $emulator.ApiKey -BaseUri $emulator.BaseUri -ModelId $emulator.ModelId -MaximumRetryCount 1 -Journal uploads.db");
}
