using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Browser.Tests.Report;
using Nanonets.Emulator;
using Nanonets.Processes;

[assembly: AssemblyFixture(typeof(ReportFiles))]

namespace Nanonets.Browser.Tests.Report;

/// <summary>Reports that a user's pwsh has written of documents that went through an emulator; made once, when a test asks.</summary>
public sealed class ReportFiles : IAsyncLifetime
{
    /// <summary>What a document of the hostile report does if it can: each attack sets this, or asks this host for something.</summary>
    public const string AttackedHost = "attack.example";

    private static readonly string[] s_pictures = [".pdf", ".png", ".jpg", ".tif"];

    private readonly string _folder = Directory.CreateTempSubdirectory("nanonets-report-").FullName;
    private readonly Lazy<Task<IReadOnlyList<JsonElement>>> _made;

    public ReportFiles() => _made = new(MakeAsync);

    /// <summary>Of all sample documents, of turned pages, of what was corrected and what failed.</summary>
    public Uri Samples => new(Path.Combine(_folder, "samples.html"));

    /// <summary>Of documents that are attacks on the page.</summary>
    public Uri Hostile => new(Path.Combine(_folder, "hostile.html"));

    /// <summary>The page results that <see cref="Samples"/> shows, as the cmdlet got them.</summary>
    public Task<IReadOnlyList<JsonElement>> Pages => _made.Value;

    /// <summary>The names of all PDF files that the product comes with.</summary>
    public static IEnumerable<string> SamplePdfs =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.pdf", SearchOption.AllDirectories)
            .Select(static path => Path.GetFileName(path));

    private static string Root
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Nanonets.sln")))
                folder = folder.Parent!;
            return folder.FullName;
        }
    }

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, true);
        return default;
    }

    private async Task<IReadOnlyList<JsonElement>> MakeAsync()
    {
        string documents = Directory.CreateDirectory(Path.Combine(_folder, "documents")).FullName;
        foreach (string folder in (string[])["samples/documents", "tests/Data/documents"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
                .Where(static file => s_pictures.Contains(Path.GetExtension(file).ToLowerInvariant()) && !file.Contains("password")))
                File.Copy(file, Path.Combine(documents, Path.GetFileName(file)));
        }

        foreach (int degrees in (int[])[90, 180, 270])
            File.WriteAllBytes(Path.Combine(documents, $"turned-{degrees}.pdf"), TurnedInvoice.Create(degrees));
        File.WriteAllText(Path.Combine(_folder, "hostile.json"), HostileBody());

        var options = new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero };
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(options, TestContext.Current.CancellationToken);
        emulator.Faults.Add(new FaultRule { Kind = FaultKind.FileFails, FileName = "phototest-text.tif" });
        await Pwsh.RunAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Path.Combine(Root, "artifacts", "module", "Nanonets", "Nanonets.psd1")}}'
            Set-Location '{{_folder}}'
            Connect-Nanonets -ApiKey '{{options.ApiKey}}' -BaseUri '{{emulator.ApiUri}}' -ModelId '{{options.ModelId}}'

            $sent = Get-ChildItem documents | Send-NanonetsDocument -ErrorAction SilentlyContinue |
                Get-NanonetsResult -Wait -ErrorAction SilentlyContinue
            $corrected = $sent | Where-Object Input -EQ 'contoso-invoice-inv-100.pdf'
            $corrected | Update-NanonetsResult -Field @{ total_amount = '110.00' }
            $corrected | Approve-NanonetsDocument
            $pages = $sent.RequestFileId | Select-Object -Unique | Get-NanonetsResult -ErrorAction SilentlyContinue
            $pages | Export-NanonetsReport samples.html -MinimumScore 0.8
            ConvertTo-Json @($pages | Select-Object Input, Page, State, Size, Prediction) -Depth 6 | Set-Content pages.json

            $name = '<img src=http://{{AttackedHost}}/name onerror=attacked=1>"''</h2><script>attacked=1</script>.pdf'
            $stream = [System.IO.File]::OpenRead((Convert-Path documents/company-abc-invoice-001.pdf))
            $page = Send-NanonetsDocument -InputStream $stream -FileName $name -Metadata $name -ProcessingType Sync
            $page | Update-NanonetsResult -Field @{ total_amount = '</template></script><img src=http://{{AttackedHost}}/v>' }
            $hostile = @(Get-NanonetsResult $page.RequestFileId) + @(Get-Content hostile.json -Raw | ConvertFrom-NanonetsWebhook)
            $hostile | Export-NanonetsReport hostile.html -Title $name -ErrorAction SilentlyContinue
            exit 0
            """,
            TestContext.Current.CancellationToken);
        using JsonDocument pages = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "pages.json")));
        return [.. pages.RootElement.EnumerateArray().Select(static page => page.Clone())];
    }

    /// <summary>An attack in every text that a service can send of a page.</summary>
    private static string HostileBody()
    {
        string attack = $"\"'></td></table></article><script>attacked=1</script><img src=\"http://{AttackedHost}/x\" "
            + "onerror=\"attacked=1\"><style>*{background:url(http://attack.example/css)}</style><base href=http://attack.example/>"
            + "\u202E\0\uD800 javascript:attacked=1 {{script}} --> ]]>";
        object Box(string id) => new { xmin = 10, ymin = 10, xmax = 90, ymax = 40, score = 0.5, id, label_id = attack };
        var field = new Dictionary<string, object?>
        {
            ["id"] = attack, ["label"] = attack, ["ocr_text"] = attack, ["type"] = "field", ["score"] = 0.5, ["xmin"] = 10, ["ymin"] = 10,
            ["xmax"] = 90, ["ymax"] = 40, ["validation_status"] = "failed", ["validation_message"] = attack, ["status"] = attack,
        };
        var cell = new { row = 1, col = 1, label = attack, text = attack, failed_validation = attack, xmin = 10, ymin = 50, xmax = 90,
            ymax = 80, score = 0.5 };
        var table = new { id = "t", label = attack, type = "table", ocr_text = attack, cells = new[] { cell }, box = Box("t") };
        var corrected = new Dictionary<string, object?>(field) { ["ocr_text"] = attack + " corrected" };
        return JsonSerializer.Serialize(new
        {
            result = (object[])
            [
                new
                {
                    message = "failure " + attack, status = "success", input = attack, request_file_id = attack, id = attack, page = 0,
                    request_metadata = attack, model_id = attack, size = new { width = 100, height = 100 }, is_moderated = true,
                    verified_by = attack, uploaded_by = attack, assigned_members = (string[])[attack],
                    predicted_boxes = (object[])[field, table], moderated_boxes = (object[])[corrected, table],
                },
                new { message = attack, status = "failure", input = attack, request_file_id = attack + "2", id = "f", page = 0 },
            ],
        });
    }
}
