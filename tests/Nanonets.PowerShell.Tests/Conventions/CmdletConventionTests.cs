using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>What every cmdlet keeps to, so that who knows one knows all.</summary>
public class CmdletConventionTests
{
    /// <summary>Verbs that upload, change, delete or write a file: these ask (-WhatIf, -Confirm).</summary>
    private static readonly Dictionary<string, string> s_asking = new()
    {
        ["Add"] = "uploads training documents",
        ["Approve"] = "changes a document's review state",
        ["Export"] = "writes a file",
        ["Invoke"] = "uploads documents and moves files",
        ["New"] = "creates a model in the account",
        ["Read"] = "uploads a document",
        ["Remove"] = "deletes",
        ["Resolve"] = "decides what becomes of an upload, which may send it",
        ["Restart"] = "starts work of the service on a document again",
        ["Save"] = "writes files",
        ["Send"] = "uploads documents",
        ["Set"] = "changes who reviews a document",
        ["Start"] = "starts a training",
        ["Undo"] = "changes a document's review state",
        ["Update"] = "changes values",
    };

    /// <summary>Verbs that only read, or change nothing but the memory of the session: asking would be noise.</summary>
    private static readonly Dictionary<string, string> s_silent = new()
    {
        ["Connect"] = "only remembers, sends nothing",
        ["ConvertFrom"] = "only reads its input",
        ["ConvertTo"] = "only reads its input",
        ["Disconnect"] = "only forgets",
        ["Get"] = "only reads",
        ["Measure"] = "only reads",
        ["Test"] = "only reads",
    };

    /// <summary>Nouns that end in s without being a plural.</summary>
    private static readonly string[] s_singular = ["Nanonets"];

    [Fact]
    public void Verbs_are_approved()
    {
        HashSet<string> approved = [.. new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
            typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(static verb => (string)verb.GetRawConstantValue()!)];
        Assert.All(Surface.Cmdlets, cmdlet => Assert.Contains(cmdlet.Verb, approved));
    }

    [Fact]
    public void Nouns_are_singular_and_ours() => Assert.All(Surface.Cmdlets, static cmdlet =>
    {
        Assert.StartsWith("Nanonets", cmdlet.Noun);
        Assert.True(s_singular.Contains(cmdlet.Noun) || !cmdlet.Noun.EndsWith('s'), cmdlet.Name);
    });

    [Fact]
    public void Class_names_follow_from_the_cmdlet_since_they_are_part_of_error_ids() => Assert.All(
        Surface.Cmdlets, static cmdlet => Assert.Equal(
            $"Nanonets.Commands.{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.ImplementingType.FullName));

    [Fact]
    public void The_output_is_declared() => Assert.All(Surface.Cmdlets, static cmdlet => Assert.NotEmpty(cmdlet.OutputType));

    [Fact]
    public void Exactly_the_cmdlets_that_change_something_ask() => Assert.All(Surface.Cmdlets, static cmdlet =>
    {
        bool asks = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;
        Assert.True(s_asking.ContainsKey(cmdlet.Verb) || s_silent.ContainsKey(cmdlet.Verb),
            $"{cmdlet.Name}: say in this test whether its verb changes something.");
        Assert.True(asks == s_asking.ContainsKey(cmdlet.Verb), $"{cmdlet.Name} {(asks ? "asks" : "does not ask")}.");
    });

    /// <summary>about_Nanonets says which cmdlets ask by default; the help of -Confirm says it of each.</summary>
    [Fact]
    public void What_asks_by_default_is_said_in_one_place()
    {
        string topic = File.ReadAllText(Path.Combine(Surface.Folder, "en-US", "about_Nanonets.help.txt"));
        string section = topic.Split("What asks before it acts")[1].Split("\n  Looking at documents")[0];
        IEnumerable<string> named = Regex.Matches(section, @"[A-Z]\w+-Nanonets\w+").Select(static name => name.Value);
        Assert.Equal(Careful.Append("Send-NanonetsDocument").Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        IEnumerable<string> asking = Surface.Help.Where(static help => help.Parameters.Any(static parameter => parameter.Name == "Confirm"
            && parameter.Description[0].Plain.Contains("as the cmdlet does by default"))).Select(static help => help.Name);
        Assert.Equal(Careful.Order(StringComparer.Ordinal), asking.Order(StringComparer.Ordinal));
    }

    /// <summary>Elsewhere it would tell a reader that the cmdlet asks.</summary>
    [Fact]
    public void Examples_switch_off_only_questions_there_are()
    {
        IEnumerable<string> asked = RepositoryFiles.With(".md").Concat(RepositoryFiles.With(".help.txt"))
            .SelectMany(static file => Regex.Matches(RepositoryFiles.Read(file), @"(\w+-Nanonets\w+)[^|\n]*-Confirm:\$false"))
            .Select(static call => call.Groups[1].Value);
        Assert.All(asked, static name => Assert.Contains(name, Careful));
    }

    private static IEnumerable<string> Careful => Surface.Cmdlets
        .Where(static cmdlet => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact == ConfirmImpact.High)
        .Select(static cmdlet => cmdlet.Name);

    [Fact]
    public void Parameters_are_typed_and_switches_are_switches() => Assert.All(Surface.Parameters, static entry =>
    {
        Type type = entry.Parameter.ParameterType;
        string name = $"{entry.Cmdlet.Name} -{entry.Parameter.Name}";
        Assert.True(type != typeof(bool) && type != typeof(bool?), $"{name} is a bool: make it a switch.");
        Assert.True(type != typeof(object) && type != typeof(object[]), $"{name} has no type.");

        // A pipeline of mixed things can only be told apart by the cmdlet; anything given by name has a type.
        Assert.True((type != typeof(PSObject) && type != typeof(PSObject[])) || entry.Parameter.ValueFromPipeline, $"{name} has no type.");
    });

    [Fact]
    public void At_most_two_parameters_go_by_position() => Assert.All(
        Surface.Parameters.GroupBy(static entry => (entry.Cmdlet.Name, entry.Set.Name)),
        static set => Assert.True(set.All(static entry => entry.Parameter.Position < 2), $"{set.Key}"));

    [Fact]
    public void The_model_falls_back_to_the_connection_s() => Assert.All(Surface.Parameters, static entry =>
    {
        if (entry.Parameter.Name == "ModelId" && entry.Cmdlet.Parameters.ContainsKey("Connection"))
            Assert.False(entry.Parameter.IsMandatory, $"{entry.Cmdlet.Name} -ModelId must fall back to the connection's model.");
    });

    /// <summary>Values that a connection knows complete with Tab, wherever they are asked for.</summary>
    [Theory]
    [InlineData("ModelId", "ModelIdCompleter")]
    [InlineData("RequestFileId", "RequestFileIdCompleter")]
    [InlineData("Label", "LabelCompleter")]
    [InlineData("Category", "LabelCompleter")]
    [InlineData("Field", "FieldCompleter")]
    public void What_is_known_completes(string parameter, string completer)
    {
        // New-NanonetsModel makes up labels: there are none to offer.
        PropertyInfo[] properties = [.. Surface.Cmdlets.Where(static cmdlet => cmdlet.Name != "New-NanonetsModel")
            .Select(cmdlet => cmdlet.ImplementingType.GetProperty(parameter))
            .OfType<PropertyInfo>()];
        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.Equal(
            completer, property.GetCustomAttributes<ArgumentCompleterAttribute>().SingleOrDefault()?.Type?.Name
                ?? $"none for {property.ReflectedType!.Name}"));
    }

    [Fact]
    public void Spans_of_time_are_seconds_or_a_time_span_everywhere()
    {
        PropertyInfo[] spans = [.. Surface.Cmdlets
            .SelectMany(static cmdlet => cmdlet.ImplementingType.GetProperties())
            .Where(static property => property.IsDefined(typeof(ParameterAttribute)))
            .Where(static property => property.PropertyType == typeof(TimeSpan) || property.PropertyType == typeof(TimeSpan?)
                || property.Name.EndsWith("Sec", StringComparison.Ordinal))];
        Assert.Equal(9, spans.Length);
        Assert.All(spans, static span => Assert.Contains(
            span.GetCustomAttributes(), static attribute => attribute.GetType().Name == "SecondsTransformationAttribute"));
    }

    [Fact]
    public void Where_there_are_several_ways_to_call_one_is_the_default() => Assert.All(
        Surface.Cmdlets.Where(static cmdlet => cmdlet.ParameterSets.Count > 1),
        static cmdlet => Assert.True(cmdlet.ParameterSets.Any(static set => set.IsDefault), cmdlet.Name));
}
