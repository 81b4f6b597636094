using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Threading.Tasks;

namespace Nanonets.Desktop.Check;

/// <summary>What is otherwise on the .NET Framework than on .NET.</summary>
internal static class FrameworkSteps
{
    public static async Task<string> ProxyAsync()
    {
        IWebProxy usual = WebRequest.DefaultWebProxy;
        // Nothing listens there: the settings count, not the answer.
        WebRequest.DefaultWebProxy = new WebProxy("http://127.0.0.1:9");
        try
        {
            var options = new NanonetsClientOptions("k") { BaseUri = new Uri("https://nanonets.invalid/"), MaximumRetryCount = 0 };
            using var client = new NanonetsClient(options);
            await FailsAsync(() => client.GetModelsAsync()).ConfigureAwait(false);
            CheckSettings("https://nanonets.invalid/");
            var address = new SignedUrl("https://storage.invalid/a.pdf?signature=x");
            await FailsAsync(() => client.DownloadAsync(address, Stream.Null)).ConfigureAwait(false);
            CheckSettings("https://storage.invalid/");
            return "connections, idle time and Expect as the module wants them";
        }
        finally
        {
            WebRequest.DefaultWebProxy = usual;
        }
    }

    public static Task<string> KeyFileAsync(string module, string folder)
    {
        string path = Path.Combine(folder, "key.txt");
        File.WriteAllText(path, "k");
        MethodInfo read = Program.ModuleType(module, "Nanonets.Sessions.ApiKeyFile").GetMethod("Read");
        try
        {
            return Task.FromResult($"it is read: {read.Invoke(null, [path])}");
        }
        catch (TargetInvocationException failure) when (failure.InnerException!.GetType().Name == "ApiKeyFileException")
        {
            CheckException.Unless(!failure.InnerException.Message.Contains("target of an invocation"), failure.InnerException.Message);
            return Task.FromResult(failure.InnerException.Message);
        }
    }

    /// <summary>Windows PowerShell would refuse what was built against another version; Mono takes it without a word.</summary>
    public static Task<string> VersionsAsync(string module)
    {
        Assembly[] loaded = [.. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(module, StringComparison.Ordinal))];
        string[] wrong =
        [
            .. from assembly in loaded
               from asked in assembly.GetReferencedAssemblies()
               let shipped = ShippedVersions(asked.Name, Path.GetDirectoryName(assembly.Location)!, Path.Combine(module, "desktop"))
               where shipped.Length > 0 && !shipped.Contains(asked.Version)
               select $"{assembly.GetName().Name} asks for {asked.Name} {asked.Version}",
        ];
        CheckException.Unless(wrong.Length == 0, string.Join("; ", wrong));
        CheckException.Unless(loaded.Length > 10, $"only {loaded.Length} assemblies");
        return Task.FromResult($"{loaded.Length} assemblies");
    }

    private static Version[] ShippedVersions(string name, params string[] folders) =>
    [
        .. folders.Select(folder => Path.Combine(folder, name + ".dll")).Where(File.Exists)
            .Select(path => AssemblyName.GetAssemblyName(path).Version),
    ];

    private static void CheckSettings(string address)
    {
        ServicePoint endpoint = ServicePointManager.FindServicePoint(new Uri(address), WebRequest.DefaultWebProxy);
        CheckException.Unless(
            endpoint.ConnectionLimit >= 64 && !endpoint.Expect100Continue && endpoint.MaxIdleTime == 15000,
            $"{address}: {endpoint.ConnectionLimit} connections, {endpoint.MaxIdleTime} ms idle, Expect {endpoint.Expect100Continue}");
    }

    private static async Task FailsAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (NanonetsException)
        {
            return;
        }

        throw new CheckException("Something answers.");
    }
}
