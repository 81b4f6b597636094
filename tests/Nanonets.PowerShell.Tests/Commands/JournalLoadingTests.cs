using System;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;
using Nanonets.Processes;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>The journal's library: loaded when it is needed, in a context of its own, and missed before anything is sent.</summary>
public class JournalLoadingTests
{
    private const string Loaded =
        "([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match "
            + "'Sqlite|Nanonets' }) -join ' '";

    [Fact]
    public async Task Importing_the_module_loads_nothing_but_our_own_two_assemblies()
    {
        string output = await RunAsync(
            $"$null = Get-Command -Module Nanonets; Connect-Nanonets -ApiKey k; {Loaded}", RepositoryFiles.StagedManifest);
        Assert.Equal(["Nanonets.Client", "Nanonets.PowerShell"], output.Split(' ', StringSplitOptions.TrimEntries).Order());
    }

    [Fact]
    public async Task Another_version_that_was_loaded_before_does_no_harm()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();

        // Written with the other version, read with the module's own.
        var journal = new SeededJournal(Path.Combine(session.Folder, "uploads.db"));
        journal.Add("a.pdf", "Held");
        Assert.Equal("a.pdf", Assert.Single(session.Run("Get-NanonetsJournalEntry -Journal uploads.db").Values("Input")));

        var loaded = AssemblyLoadContext.All
            .SelectMany(static context => context.Assemblies.Where(static assembly => assembly.GetName().Name == "Microsoft.Data.Sqlite")
                .Select(assembly => (context.Name, assembly.GetName().Version)))
            .ToArray();
        Assert.Contains(("Default", new Version(9, 0, 23, 0)), loaded);
        Assert.Contains(("Nanonets.Journal", new Version(10, 0, 15, 0)), loaded);
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("journal/native")]
    public async Task A_missing_library_is_one_clear_error(string missing)
    {
        string copy = Directory.CreateTempSubdirectory("nanonets-copy-").FullName;
        try
        {
            string staged = Path.GetDirectoryName(RepositoryFiles.StagedManifest)!;
            foreach (string file in Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories))
            {
                string relative = Path.GetRelativePath(staged, file);
                if (relative.Replace('\\', '/').StartsWith(missing + "/", StringComparison.Ordinal))
                    continue;
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, relative))!);
                File.Copy(file, Path.Combine(copy, relative));
            }

            string journal = Path.Combine(copy, "uploads.db");
            string output = await RunAsync(
                $"try {{ Get-NanonetsJournalEntry -Journal '{journal}' }} catch {{ $_.FullyQualifiedErrorId; $_.Exception.Message }}",
                    Path.Combine(copy, "Nanonets.psd1"));
            Assert.StartsWith("JournalUnavailable,", output);
            Assert.Contains("library cannot be loaded", output);
            Assert.False(File.Exists(journal));
        }
        finally
        {
            Directory.Delete(copy, true);
        }
    }

    [Fact]
    public async Task The_environment_names_the_journal()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        var journal = new SeededJournal(Path.Combine(session.Folder, "uploads.db"));
        journal.Add("from-the-environment.pdf", "Held");
        Assert.Contains("from-the-environment.pdf",
            await RunAsync("(Get-NanonetsJournalEntry).Input", RepositoryFiles.StagedManifest, ("NANONETS_JOURNAL", journal.Path)));
    }

    /// <summary>In a process of its own: what is loaded and what the environment says concern the whole process.</summary>
    private static Task<string> RunAsync(string command, string module, params (string Name, string Value)[] environment) =>
        Pwsh.RunAsync($"Import-Module '{module}' -ErrorAction Stop; {command}", TestContext.Current.CancellationToken, environment);
}
