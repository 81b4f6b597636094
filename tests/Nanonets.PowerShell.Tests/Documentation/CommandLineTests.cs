using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>
/// What the pages and the workflow tell people and machines to run is there: projects, solutions, scripts. Whole blocks of PowerShell run
/// in Pester.
/// </summary>
public partial class CommandLineTests
{
    public static TheoryData<string> Files =>
        [.. RepositoryFiles.With(".md").Where(static page => Named().IsMatch(RepositoryFiles.Read(page))), ".github/workflows/ci.yml",
            ".ci/run", ".ci/run-desktop"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_project_and_script_of_a_command_is_there(string file) => Assert.All(
        Named().Matches(RepositoryFiles.Read(file)).Select(static match => match.Groups[1].Value.TrimEnd('.', ',', ')', '`', '"', '\'')),
        static path => Assert.True(
            File.Exists(Path.Combine(RepositoryFiles.Root, path)) || Directory.Exists(Path.Combine(RepositoryFiles.Root, path)), path));

    [Fact]
    public void The_workflow_runs_every_task_that_is_promised()
    {
        string workflow = RepositoryFiles.Read(".github/workflows/ci.yml");
        Assert.All(
            [
                "dotnet run --project src/Nanonets.Package -c Release", "run: .ci/run",
                "NANONETS_TEST_ENGINE", "dotnet test --project tests/Nanonets.Pester.Tests",
                "Invoke-ScriptAnalyzer", "Publish-PSResource -NupkgPath",
            ],
            command => Assert.Contains(command, workflow, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?:dotnet (?:build|test) (?!-)|--project |(?<=[ `(""])(?=(?:\./)?(?:\.ci/|samples/|build\.ps1)))((?:\./)?[\w./-]+)")]
    private static partial Regex Named();
}
