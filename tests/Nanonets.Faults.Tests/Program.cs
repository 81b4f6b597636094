using System.Linq;
using System.Threading.Tasks;
using Nanonets.Faults.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Nanonets.Faults.Tests;

/// <summary>Runs the tests, or, started by one of them, a sender that is to be killed in the middle, or an alarm that throws.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [SenderProcess.Verb, .. var rest])
            return await SenderProcess.RunAsync(rest);
        if (args is [InboxProcess.Verb, .. var pass])
            return await InboxProcess.RunAsync(pass);
        if (args is [TimerCallbackTests.Verb])
            return await TimerCallbackTests.ThrowAsync();

        // The same choice as the entry point that xUnit would generate.
        return args.Any(static arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
