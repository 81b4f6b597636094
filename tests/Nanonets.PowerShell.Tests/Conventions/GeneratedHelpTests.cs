using System.IO;
using System.Linq;
using Nanonets.Help;
using Nanonets.Help.Reading;
using Nanonets.Help.Writing;

namespace Nanonets.PowerShell.Tests.Conventions;

public class GeneratedHelpTests
{
    private const string Remedy = "Run: dotnet build Nanonets.sln && dotnet run --no-build --project src/Nanonets.Help";

    /// <summary>
    /// The reference and the help file; and PublicApi.txt of the client and of the cmdlets, so that nobody changes what others rest on
    /// without seeing it in review.
    /// </summary>
    [Fact]
    public void The_committed_help_and_listings_say_what_the_source_says()
    {
        Repository repository = Repository.Find();
        GeneratedFiles fresh = GeneratedFiles.From(ModuleReader.Read(repository), repository);
        string[] stale = [.. fresh.Texts.Where(static file => !File.Exists(file.Key) || File.ReadAllText(file.Key) != file.Value)
            .Select(static file => file.Key)];
        Assert.True(stale.Length == 0, $"Out of date: {string.Join(", ", stale)}. {Remedy}");
        Assert.True(!fresh.Leftovers.Any(), $"Without a cmdlet: {string.Join(", ", fresh.Leftovers)}. {Remedy}");
    }

    [Fact]
    public void The_same_module_gives_the_same_bytes_with_line_feeds_only()
    {
        Repository repository = Repository.Find();
        GeneratedFiles first = GeneratedFiles.From(ModuleReader.Read(repository), repository);
        GeneratedFiles second = GeneratedFiles.From(ModuleReader.Read(repository), repository);
        Assert.Equal(first.Texts, second.Texts);
        Assert.All(first.Texts.Values, static text => Assert.DoesNotContain('\r', text));
        Assert.All(first.Texts.Values, static text => Assert.EndsWith("\n", text));
    }
}
