using System;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

namespace Nanonets.Desktop.Check;

/// <summary>
/// Uploads a document and reads its result with the assemblies of the module's desktop folder, in a process that is no PowerShell: on Mono, or on the
/// .NET Framework. Shows missing API and differences of HTTP and JSON; what ships together is checked by metadata elsewhere.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 5)
        {
            Console.Error.WriteLine("Nanonets.Desktop.Check DESKTOP-FOLDER BASE-URI API-KEY MODEL-ID DOCUMENT");
            return 2;
        }

        string folder = Path.GetFullPath(args[0]);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string path = Path.Combine(folder, new AssemblyName(request.Name).Name + ".dll");
            return File.Exists(path) ? Assembly.LoadFrom(path) : null;
        };
        return RunAsync(args[1], args[2], args[3], Path.GetFullPath(args[4])).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string baseUri, string key, string modelId, string document)
    {
        using var client = new NanonetsClient(new NanonetsClientOptions(key) { BaseUri = new Uri(baseUri) });
        UploadOutcome outcome = (await client.UploadAsync(new SendRequest(modelId, [UploadSource.FromPath(document)])).ConfigureAwait(false))[0];
        if (outcome.Error is { } error)
            throw error;

        string file = outcome.Pages[0].RequestFileId!;
        for (int tries = 0; tries < 100; tries++)
        {
            FileResult result = await client.GetFileResultAsync(modelId, file).ConfigureAwait(false);
            if (result.Pages.Length > 0 && result.Pages[0].State != PageState.Pending)
            {
                PageResult page = result.Pages[0];
                Console.WriteLine($"{Environment.Version}: {page.Input}, page {page.Page}, {page.State}, {page.Prediction.Length} predictions, {page.Size}");
                return page.State == PageState.Success ? 0 : 1;
            }

            await Task.Delay(200).ConfigureAwait(false);
        }

        Console.Error.WriteLine("The document is not read yet.");
        return 1;
    }
}
