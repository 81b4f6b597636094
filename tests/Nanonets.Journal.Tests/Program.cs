using System.Linq;
using System.Threading.Tasks;
using Nanonets.Journal.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Nanonets.Journal.Tests;

/// <summary>Runs the tests, or, started by one of them, the worker that is to be killed in the middle.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [JournalWorker.Verb, .. var rest])
            return await JournalWorker.RunAsync(rest);

        // The same choice as the entry point that xUnit would generate.
        return args.Any(static arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
