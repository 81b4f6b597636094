using System;
using System.IO;

namespace Nanonets.Emulator.Tests.Support;

/// <summary>The repository around the tests: its documents stay where they are.</summary>
internal static class Repository
{
    public static string Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nanonets.sln")))
                return Path.Combine(folder.FullName, path);
        }

        throw new DirectoryNotFoundException("The tests run inside the repository.");
    }
}
