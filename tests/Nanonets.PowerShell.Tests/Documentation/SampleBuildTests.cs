using System;
using System.IO;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>
/// When the samples build, and what a person is told; in a small repository, with a dotnet that only says what it was called with.
/// </summary>
public sealed class SampleBuildTests : IAsyncDisposable
{
    private static readonly DateTime s_built = new(2025, 3, 17, 12, 0, 0, DateTimeKind.Utc);
    private readonly ModuleSession _session = ModuleSession.StartAsync(connect: false).GetAwaiter().GetResult();

    public SampleBuildTests()
    {
        foreach (string name in (string[])["Nanonets.PowerShell", "Nanonets.Client", "Nanonets.Journal", "Nanonets.Emulator"])
            Write($"src/{name}/Sub/Class.cs");
        Write("Nanonets.psd1");
        Write("en-US/about_Nanonets.help.txt");
        foreach (string name in (string[])["Nanonets.PowerShell", "Nanonets.Emulator"])
        {
            Write($"src/{name}/bin/Debug/Nanonets.dll", s_built.AddHours(1));
            Write($"artifacts/built/{name}", s_built);
        }

        foreach (string folder in Directory.GetDirectories(_session.Folder, "*", SearchOption.AllDirectories))
            Directory.SetLastWriteTimeUtc(folder, s_built.AddHours(-1));

        _session.Set("support", Path.Combine(RepositoryFiles.Root, "samples/support/Module.ps1"));
    }

    [Fact]
    public void What_is_newer_than_its_source_is_not_built() => Assert.Empty(Build());

    [Theory]
    [InlineData("src/Nanonets.Client/Sub/Class.cs", "src/Nanonets.PowerShell")]
    [InlineData("src/Nanonets.Journal/Sub/Class.cs", "src/Nanonets.PowerShell")]
    [InlineData("en-US/about_Nanonets.help.txt", "src/Nanonets.PowerShell")]
    [InlineData("src/Nanonets.Emulator/Sub/Class.cs", "src/Nanonets.Emulator")]
    public void What_is_older_than_its_source_is_built_and_nothing_else(string changed, string project)
    {
        Write(changed, s_built.AddMinutes(1));
        string shown = Build();
        Assert.Contains($"dotnet msbuild {project} ", shown);
        Assert.Equal(2, shown.Split("dotnet msbuild").Length);
        Assert.Matches("^Building .*\n[^$]*Built in \\d+ seconds", shown);
    }

    [Theory]
    [InlineData("Nanonets.psd1")]
    [InlineData("Directory.Packages.props")]
    public void What_concerns_all_builds_all(string changed)
    {
        Write(changed, s_built.AddMinutes(1));
        Assert.Equal(2, Build().Split("dotnet msbuild").Length - 1);
    }

    [Fact]
    public void A_file_that_is_gone_is_a_change()
    {
        File.Delete(Path.Combine(_session.Folder, "src/Nanonets.Client/Sub/Class.cs"));
        Assert.Contains("dotnet msbuild src/Nanonets.PowerShell ", Build());
    }

    [Theory]
    [InlineData("artifacts/built")]
    [InlineData("src/Nanonets.PowerShell/bin")]
    public void What_is_not_there_is_built(string missing)
    {
        Directory.Delete(Path.Combine(_session.Folder, missing), true);
        Assert.Contains("dotnet msbuild src/Nanonets.PowerShell ", Build());
    }

    [Fact]
    public void A_build_that_fails_shows_why_and_says_what_is_needed()
    {
        Write("Nanonets.psd1", s_built.AddMinutes(1));
        string shown = Build("'Class.cs(1,1): error CS1002: ; expected'; $global:LASTEXITCODE = 1");
        Assert.Contains("error CS1002", shown);
        Assert.Contains("Building src/Nanonets.PowerShell failed", shown);
        Assert.Contains(".NET 10 SDK", shown);
        Assert.DoesNotContain("Built in", shown);
    }

    [Fact]
    public void Without_dotnet_it_says_what_is_needed()
    {
        Write("Nanonets.psd1", s_built.AddMinutes(1));
        string shown = Show("function Get-Command { }");
        Assert.Contains("there is no dotnet here: https://dotnet.microsoft.com/download", shown);
        Assert.DoesNotContain("Building the module and", shown);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private string Build(string dotnet = "$global:LASTEXITCODE = 0") => Show($"function dotnet {{ \"dotnet $args in $PWD\"; {dotnet} }}");

    private string Show(string standIn) => _session.Show(
        $"Set-StrictMode -Version Latest; . $support; $SampleRepository = $folder; {standIn}; try {{ Invoke-SampleBuild }} catch {{ "
            + "$_.Exception.Message }");

    private void Write(string name, DateTime? time = null)
    {
        string path = Path.Combine(_session.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, name);
        File.SetLastWriteTimeUtc(path, time ?? s_built.AddHours(-1));
    }
}
