using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Nanonets.Tests;

/// <summary>
/// Keeps the tests, and the processes that they start, out of the profile of whoever runs them: what the module writes for a user goes to a
/// folder that is gone when the tests have ended.
/// </summary>
internal static class TestStateFolder
{
    private const string Variable = "NANONETS_STATE_FOLDER";

    [ModuleInitializer]
    internal static void Set()
    {
        // A process that a test has started uses the folder of that test.
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            return;

        string folder = Directory.CreateTempSubdirectory("nanonets-state-").FullName;
        Environment.SetEnvironmentVariable(Variable, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
    }
}
