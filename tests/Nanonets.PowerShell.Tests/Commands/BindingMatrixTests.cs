using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Everything people pipe into Send-NanonetsDocument, with and without -Metadata { … }.</summary>
public class BindingMatrixTests
{
    private const string AwkwardName = "inv [1] Müller – 請求書 №1.png";

    public static TheoryData<string, string, string?> Inputs => new()
    {
        // name of the case, what is piped, the metadata it brings itself
        { "FileInfo", "Get-Item -LiteralPath $file", null },
        { "FileInfo with a Metadata property", "Get-Item -LiteralPath $file | ForEach-Object { "
            + "$_.PSObject.Properties.Add([psnoteproperty]::new('Metadata', 'own')); $_ }", "own" },
        { "Select-Object FullName, Metadata",
            "Get-Item -LiteralPath $file | Select-Object FullName, @{ Name = 'Metadata'; Expression = { 'own' } }", "own" },
        { "CSV row with Path", "[pscustomobject]@{ Path = $file; Metadata = 'own'; Other = 1 }", "own" },
        { "CSV row without metadata", "[pscustomobject]@{ LiteralPath = $file; Metadata = ''; ModelId = '' }", null },
        { "PageResult", "$page", null },
        { "full path as text", "$file", null },
        { "relative path as text", "'" + AwkwardName + "'", null },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Arrives_as_the_file_it_means(string name, string input, string? metadata)
    {
        await using ModuleSession session = await StartAsync();
        Check(session, session.Run($"{input} | Send-NanonetsDocument"), metadata, name);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Arrives_with_metadata_of_a_script_block(string name, string input, string? metadata)
    {
        Assert.True(metadata is null or "own");
        await using ModuleSession session = await StartAsync();
        Check(session, session.Run($"{input} | Send-NanonetsDocument -Metadata {{ 'computed ' + $_.GetType().Name }}"), "computed ", name);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5 | ForEach-Object { $_ }")]
    [InlineData("[pscustomobject]@{ Other = 1 }")]
    [InlineData("$null")]
    public async Task What_is_no_file_is_refused_by_name_and_the_rest_goes_on(string input)
    {
        await using ModuleSession session = await StartAsync();
        RunResult result = session.Run($"& {{ {input}; $file }} | Send-NanonetsDocument");
        Assert.Single(result.Errors);
        Assert.Single(result.Output);
        Assert.Single(session.Uploads);
    }

    [Theory]
    [InlineData("Send-NanonetsDocument $file")]
    [InlineData("Send-NanonetsDocument -LiteralPath $file")]
    [InlineData("Send-NanonetsDocument (Get-Item -LiteralPath $file)")]
    [InlineData("Send-NanonetsDocument -Path ([WildcardPattern]::Escape($file))")]
    [InlineData("Send-NanonetsDocument 'inv*.png'")]
    public async Task Can_be_given_as_an_argument(string script)
    {
        await using ModuleSession session = await StartAsync();
        Check(session, session.Run(script), null, script);
    }

    [Fact]
    public async Task The_current_location_counts_not_the_directory_of_the_process()
    {
        await using ModuleSession session = await StartAsync();
        session.AddFile("sub/inner.png");
        RunResult result = session.Run("Set-Location sub; 'inner.png' | Send-NanonetsDocument; Send-NanonetsDocument ./inner.png");
        Assert.Equal(2, result.Output.Count);
        Assert.NotEqual(session.Folder, System.IO.Directory.GetCurrentDirectory());
    }

    [Fact]
    public async Task A_hashtable_becomes_json_in_its_order()
    {
        await using ModuleSession session = await StartAsync();
        session.Run("Send-NanonetsDocument $file -Metadata ([ordered]@{ po = 'A&B'; n = 5; nested = @{ list = 1, 'é' }; none "
            + "= $null; yes = $true })");
        Assert.StartsWith("""{"po":"A&B","n":5,"nested":{"list":[1,"é"]},"none":null,"yes":true,"_nn":"nn1.""",
            session.Uploads.Single().Fields["request_metadata"]);
    }

    [Fact]
    public async Task Piped_folders_are_skipped_and_a_named_one_is_an_error()
    {
        await using ModuleSession session = await StartAsync();
        session.AddFile("sub/inner.png");
        RunResult piped = session.Run("Get-ChildItem | Send-NanonetsDocument -Verbose");
        Assert.Equal((1, 0), (piped.Output.Count, piped.Errors.Count));
        Assert.Contains(piped.Verbose, line => line.Contains("folder"));
        Assert.Equal(["PathIsFolder"], session.Run("Send-NanonetsDocument sub").ErrorIds);
    }

    [Fact]
    public async Task Text_that_matches_nothing_is_missing_when_piped_and_silent_as_a_typed_wildcard()
    {
        await using ModuleSession session = await StartAsync();
        Assert.Equal(["FileMissing", "FileMissing"], session.Run("'gone.png', 'gone*.png' | Send-NanonetsDocument").ErrorIds);
        Assert.Equal(["FileMissing"], session.Run("Send-NanonetsDocument gone.png").ErrorIds);
        Assert.Empty(session.Run("Send-NanonetsDocument gone*.png").Errors);
        Assert.Equal(["NotFileSystemPath"], session.Run("Send-NanonetsDocument variable:folder").ErrorIds);
    }

    private static async Task<ModuleSession> StartAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.Set("file", session.AddFile(AwkwardName));
        session.Run("$page = Send-NanonetsDocument -LiteralPath $file");
        session.Emulator.Reset();
        return session;
    }

    private static void Check(ModuleSession session, RunResult result, string? metadata, string name)
    {
        Assert.True(
            result.Errors.Count == 0 && result.Terminating is null, $"{name}: {string.Join(" | ", result.Errors)} {result.Terminating}");
        LoggedRequest upload = Assert.Single(session.Uploads);
        Assert.Equal([AwkwardName], upload.FileNames);
        Assert.Equal(AwkwardName, Assert.Single(result.Values("Input")));
        Assert.Equal(System.IO.Path.Combine(session.Folder, AwkwardName), Assert.Single(result.Values("SourcePath")));
        if (metadata is null)
            Assert.Matches("^nn1\\.[0-9a-f]{20}\\.1$", upload.Fields["request_metadata"]);
        else
            Assert.StartsWith(metadata, upload.Fields["request_metadata"]);
    }
}
