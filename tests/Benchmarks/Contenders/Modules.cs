using System.Linq;
using System.Reflection;

namespace Nanonets.Benchmarks.Contenders;

/// <summary>The manifests of the modules that are measured, as the build has left them.</summary>
internal static class Modules
{
    /// <summary>Ours, as users have it.</summary>
    public static string Staged => Of("StagedModule");

    /// <summary>A compiled module with one cmdlet that passes on what it is given.</summary>
    public static string Empty => Of("EmptyModule");

    private static string Of(string key) =>
        typeof(Modules).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
