using System.Threading.Tasks;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.Services;

namespace Nanonets.Pester.Tests;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(arguments);
        builder.CommandLine.AddProvider(static () => new SuiteOptions());
        builder.RegisterTestFramework(
            static _ => new TestFrameworkCapabilities(),
            static (_, services) => new PesterFramework(SuiteOptions.Read(services.GetCommandLineOptions())));
        using ITestApplication application = await builder.BuildAsync();
        return await application.RunAsync();
    }
}
