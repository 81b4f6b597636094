using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Nanonets.Desktop.Check;

/// <summary>
/// Uses the assemblies of the module's desktop folder in a process that is no PowerShell, on Mono or on the .NET Framework: uploads, waits,
/// saves, lists, keeps a journal, goes through the system's proxy. Shows missing API and differences of HTTP and JSON. Assemblies are found
/// as in Windows PowerShell, which gives a module no binding redirects: in exactly the version asked for.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 5)
        {
            Console.Error.WriteLine("Nanonets.Desktop.Check MODULE-FOLDER BASE-URI API-KEY MODEL-ID DOCUMENT");
            return 2;
        }

        string module = Path.GetFullPath(args[0]);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(Path.Combine(module, "desktop"), new AssemblyName(request.Name));

        // Not in this method: what it names is loaded before it runs.
        return Run(module, args);
    }

    private static int Run(string module, string[] args) =>
        RunAsync(module, new Service(new Uri(args[1]), args[2], args[3], Path.GetFullPath(args[4]))).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(string module, Service service)
    {
        string folder = Path.Combine(Path.GetTempPath(), "nanonets-desktop-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        Environment.SetEnvironmentVariable("NANONETS_STATE_FOLDER", Path.Combine(folder, "state"));
        try
        {
            (string Name, Func<Task<string>> Run)[] steps =
            [
                ("uploads a document and waits for its result", () => ServiceSteps.UploadAsync(service)),
                ("saves it", () => ServiceSteps.SaveAsync(service, Path.Combine(folder, "saved.pdf"))),
                ("finds it in a listing", () => ServiceSteps.ListAsync(service)),
                ("keeps a journal and opens it again", () => JournalSteps.RunAsync(module, Path.Combine(folder, "uploads.db"))),
                ("has its own settings for the service and for the storage host behind the system's proxy", FrameworkSteps.ProxyAsync),
                ("says what is wrong with a key file", () => FrameworkSteps.KeyFileAsync(module, folder)),
                ("has loaded each assembly in the version asked for", () => FrameworkSteps.VersionsAsync(module)),
            ];
            int failed = 0;
            foreach ((string name, Func<Task<string>> run) in steps)
                failed += await StepAsync(name, run).ConfigureAwait(false);
            Console.WriteLine($"{steps.Length - failed} passed, {failed} failed, 0 skipped on {Environment.Version}");
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<int> StepAsync(string name, Func<Task<string>> run)
    {
        try
        {
            Console.WriteLine($"{name}: {await run().ConfigureAwait(false)}");
            return 0;
        }
        catch (Exception failure)
        {
            Console.WriteLine($"{name}: FAILED. {failure}");
            return 1;
        }
    }

    /// <summary>A type of the cmdlets' assembly that needs no engine.</summary>
    internal static Type ModuleType(string module, string name) =>
        Assembly.LoadFrom(Path.Combine(module, "desktop", "Nanonets.PowerShell.dll")).GetType(name, true);

    private static Assembly? Find(string folder, AssemblyName name)
    {
        string path = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version == name.Version ? Assembly.LoadFrom(path) : null;
    }
}

/// <summary>The service that the steps speak to.</summary>
internal sealed record Service(Uri BaseUri, string ApiKey, string ModelId, string Document)
{
    /// <summary>The file that was uploaded.</summary>
    public FileResult? Uploaded { get; set; }

    public NanonetsClient Connect() => new(new NanonetsClientOptions(ApiKey) { BaseUri = BaseUri });
}

/// <summary>Something is not as it must be.</summary>
internal sealed class CheckException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
            throw new CheckException(message);
    }
}
