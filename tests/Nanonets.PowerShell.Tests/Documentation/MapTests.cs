using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Documentation;

/// <summary>The map in CONTRIBUTING names the folders there are, and tests stand where their subject stands.</summary>
public partial class MapTests
{
    [Fact]
    public void The_map_names_every_folder_of_the_source_and_no_other()
    {
        string[] mapped = [.. Folders(RepositoryFiles.Read("CONTRIBUTING.md"))];
        Assert.All(
            mapped, static folder => Assert.True(Directory.Exists(Path.Combine(RepositoryFiles.Root, folder)), $"{folder} is not there."));

        string[] projects = [.. Children("src")];
        Assert.Empty(projects.Concat(projects.SelectMany(Children)).Except(mapped));
    }

    [Theory]
    [InlineData("Nanonets.Client", "Examples,Support")]
    [InlineData("Nanonets.Journal", "Support")]
    [InlineData("Nanonets.PowerShell", "Conventions,Documentation,Packaging,Support,WindowsPowerShell")]
    public void Tests_stand_in_the_folders_of_what_they_test(string project, string own) => Assert.Empty(
        Children($"tests/{project}.Tests").Select(static folder => Path.GetFileName(folder)).Except(own.Split(','))
            .Except(Children($"src/{project}").Select(static folder => Path.GetFileName(folder))));

    /// <summary>The folders in the map's tree; several on one line are siblings.</summary>
    private static IEnumerable<string> Folders(string text)
    {
        var above = new Stack<(int Indent, string Path)>();
        foreach (string line in Map().Match(text).Groups["tree"].Value.Split('\n'))
        {
            Match match = Line().Match(line);
            if (!match.Success)
                continue;
            int indent = match.Groups["indent"].Length;
            while (above.TryPeek(out (int Indent, string) last) && last.Indent >= indent)
                above.Pop();
            string parent = above.TryPeek(out (int, string Path) outer) ? outer.Path + "/" : string.Empty;
            foreach (Capture name in match.Groups["name"].Captures)
            {
                yield return parent + name.Value;
                above.Push((indent, parent + name.Value));
            }
        }
    }

    private static IEnumerable<string> Children(string folder) => Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, folder))
        .Select(static path => Path.GetFileName(path)).Where(static name => name is not ("bin" or "obj"))
        .Select(name => $"{folder}/{name}");

    [GeneratedRegex(@"## Map\s+```text\n(?<tree>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Map();

    [GeneratedRegex(@"^(?<indent> *)(?<name>[\w.-]+)/(, (?<name>[\w.-]+)/)*(\s|$)")]
    private static partial Regex Line();
}
