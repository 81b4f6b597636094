using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Nanonets.Help;
using Nanonets.Help.Model;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>What the help of every cmdlet has, and what Get-Help makes of it.</summary>
public partial class HelpTests
{
    public static TheoryData<string> Names => [.. Surface.Cmdlets.Select(static cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_the_cmdlet_does_takes_and_writes(string name)
    {
        CmdletHelp help = Of(name);
        Assert.Matches(@"^[A-Z][^.]+\.$", help.Synopsis.Plain);
        Assert.NotEmpty(help.Description);
        Assert.All(help.Parameters, static parameter => Assert.True(
            parameter.Description.Count > 0 && parameter.Description.All(static text => text.Plain.EndsWith('.')),
            $"-{parameter.Name} is not described in sentences."));
        Assert.All(
            help.Inputs.Concat(help.Outputs), static type => Assert.True(type.Description.Count > 0, $"{type.Name} is not described."));
        Assert.All(help.Errors, static error => Assert.False(error.When.IsEmpty || error.Advice.IsEmpty, error.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_three_examples_that_are_whole_PowerShell(string name)
    {
        CmdletHelp help = Of(name);
        Assert.True(help.Examples.Count >= 3, $"{help.Examples.Count} examples.");
        Assert.All(help.Examples, example =>
        {
            Assert.NotEmpty(example.Remarks);
            Assert.Contains(name, example.Code);
            ScriptBlockAst script = Parser.ParseInput(example.Code, out _, out ParseError[] errors);
            Assert.Empty(errors);
            Assert.All(script.FindAll(static node => node is CommandAst, true).Cast<CommandAst>(), AssertParametersExist);
        });
    }

    /// <summary>A parameter belongs to the cmdlet whose help it is, or to the one that its sentence names before it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_advice_of_its_errors_names_only_parameters_there_are(string name) =>
        Assert.All(Of(name).Errors, error => Assert.All(error.Advice.Plain.Split(". "), sentence =>
        {
            string owner = name;
            foreach (Match word in CmdletOrParameter().Matches(sentence))
            {
                if (word.Groups["parameter"] is not { Success: true } parameter)
                    owner = word.Value;
                else
                    Assert.True(HasParameter(name, parameter.Value) || HasParameter(owner, parameter.Value),
                        $"{error.Id}: {owner} has no -{parameter.Value}.");
            }
        }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Get_Help_shows_it_in_full(string name)
    {
        CmdletHelp help = Of(name);
        string shown = Surface.Show($"Get-Help {name} -Full");
        string flat = Flat(shown);
        Assert.Contains(Flat(help.Synopsis.Plain), flat);
        Assert.All(help.Parameters, parameter =>
        {
            Assert.Contains($"\n    -{parameter.Name}", shown);
            Assert.All(parameter.Description, text => Assert.Contains(Flat(text.Plain), flat));
        });
        Assert.All(help.Examples, example => Assert.Contains(Flat(example.Code), flat));
        Assert.All(help.Errors, error => Assert.Contains(Flat($"{error.Id}: {error.When.Plain}"), flat));
        Assert.Contains(Flat(help.OnlineUri), flat);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_address_for_more_leads_to_a_page_of_the_reference(string name)
    {
        string address = Of(name).OnlineUri;
        Assert.StartsWith($"{Repository.ProjectUrl}/blob/main/docs/reference/", address);
        Assert.True(File.Exists(Path.Combine(Repository.Find().ReferenceFolder, Path.GetFileName(address))), address);
    }

    [Theory]
    [InlineData("about_Nanonets")]
    [InlineData("about_Nanonets_Connections")]
    [InlineData("about_Nanonets_Errors")]
    [InlineData("about_Nanonets_Journal")]
    [InlineData("about_Nanonets_ScheduledTasks")]
    public void Get_Help_shows_the_topic_whole(string topic)
    {
        Assert.Contains(topic, Surface.Show("Get-Help about_Nanonets*"));
        string text = File.ReadAllText(Path.Combine(Surface.Folder, "en-US", $"{topic}.help.txt"));
        Assert.Contains(Flat(text), Flat(Surface.Show($"Get-Help {topic}")));
        Assert.All(text.Split('\n'), static line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Every_link_in_the_reference_resolves()
    {
        string folder = Repository.Find().ReferenceFolder;
        foreach (string page in Directory.GetFiles(folder, "*.md"))
        {
            MatchCollectionOf(File.ReadAllText(page)).ForEach(
                link => Assert.True(File.Exists(Path.Combine(folder, link)), $"{Path.GetFileName(page)}: {link}"));
        }
    }

    private static List<string> MatchCollectionOf(string text) =>
        [.. Regex.Matches(text, @"\]\(([^)#]+)\)").Select(static match => match.Groups[1].Value)];

    private static CmdletHelp Of(string name) => Surface.Help.Single(help => help.Name == name);

    private static void AssertParametersExist(CommandAst command)
    {
        if (Surface.Cmdlets.SingleOrDefault(cmdlet => cmdlet.Name == command.GetCommandName()) is not { } cmdlet)
            return;
        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
            Assert.True(HasParameter(cmdlet.Name, parameter.ParameterName), $"{cmdlet.Name} has no -{parameter.ParameterName}.");
    }

    private static bool HasParameter(string cmdlet, string parameter)
    {
        IDictionary<string, ParameterMetadata> known = Surface.Cmdlets.Single(one => one.Name == cmdlet).Parameters;
        return known.Keys.Concat(known.Values.SelectMany(static one => one.Aliases)).Contains(parameter, StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"\b[A-Z][a-z]+-Nanonets\w*|(?<![\w-])-(?<parameter>[A-Z]\w+)")]
    private static partial Regex CmdletOrParameter();

    /// <summary>Without the places where the engine broke lines.</summary>
    private static string Flat(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));
}
