using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Nanonets.Pester.Tests;

/// <summary>Results of Pester as tests of the platform.</summary>
internal static class TestNodes
{
    /// <summary>The tests of a file.</summary>
    /// <param name="results">What Pester found.</param>
    /// <param name="path">Where the file is.</param>
    /// <param name="output">What was written while it ran; shown with what failed.</param>
    public static IEnumerable<TestNode> Of(FileResults results, string path, string output)
    {
        // Nothing keeps two tests of a file from having the same name.
        foreach (IGrouping<string, PesterResult> same in results.Results.GroupBy(static result => result.Name))
        {
            foreach ((int index, PesterResult result) in same.Index())
                yield return Node(results.File, index == 0 ? same.Key : $"{same.Key} #{index + 1}", result, path, output);
        }
    }

    /// <summary>The failure of a file that PowerShell did not finish.</summary>
    public static TestNode Unfinished(string file, string message) =>
        Node(file, "(the file)", new PesterResult("(the file)", "Failed", Message: message), file, "");

    /// <summary>The id of a test, which begins with its file.</summary>
    public static string Uid(string file, string name) => $"{file}: {name}";

    /// <summary>Whether an id is that of a test in a file.</summary>
    public static bool IsOf(string file, string uid) => uid.StartsWith(Uid(file, ""), StringComparison.Ordinal);

    private static TestNode Node(string file, string name, PesterResult result, string path, string output)
    {
        var properties = new PropertyBag(State(result));
        var line = new LinePosition(result.Line, 0);
        properties.Add(new TestFileLocationProperty(path, new LinePositionSpan(line, line)));
        var duration = TimeSpan.FromSeconds(result.Seconds);
        properties.Add(new TimingProperty(new TimingInfo(DateTimeOffset.Now - duration, DateTimeOffset.Now, duration)));
        if (result.Result == "Failed" && output.Length > 0)
            properties.Add(new StandardOutputProperty(output));
        return new TestNode { Uid = Uid(file, name), DisplayName = Uid(file, name), Properties = properties };
    }

    private static TestNodeStateProperty State(PesterResult result) => result.Result switch
    {
        "Passed" => PassedTestNodeStateProperty.CachedInstance,
        "Skipped" => new SkippedTestNodeStateProperty(result.Message!),
        "Discovered" => DiscoveredTestNodeStateProperty.CachedInstance,
        _ => new FailedTestNodeStateProperty(new PesterFailure(result.Message ?? "", result.Where)),
    };

    /// <summary>A failure with the lines of scripts in place of a stack of methods.</summary>
    private sealed class PesterFailure(string message, string? where) : Exception(message)
    {
        public override string? StackTrace => where;
    }
}
