using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Nanonets.Help.Model;

namespace Nanonets.Help.Reading;

/// <summary>The parameters of one cmdlet: facts from the engine, texts from the comments, defaults from a fresh instance.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation, CmdletInfo cmdlet)
{
    /// <summary>The engine adds these to every cmdlet that changes something; they have no comments of ours.</summary>
    private readonly Dictionary<string, string> _shouldProcess = new()
    {
        ["WhatIf"] = "Shows what would happen and does nothing.",
        ["Confirm"] = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact == ConfirmImpact.High
            ? "Asks before each step, as the cmdlet does by default. -Confirm:$false answers yes to all questions."
            : "Asks before each step. By default the cmdlet does not ask.",
    };

    private readonly Lazy<object?> _fresh = new(() => Activator.CreateInstance(cmdlet.ImplementingType));

    /// <summary>Each parameter set with its parameters in the order in which the engine shows them.</summary>
    public IEnumerable<SyntaxHelp> Sets() => cmdlet.ParameterSets
        .OrderByDescending(static set => set.IsDefault)
        .ThenBy(static set => set.Name, StringComparer.Ordinal)
        .Select(set => new SyntaxHelp(set.Name, [.. Own(set).Select(Read)
            .OrderBy(static parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(static parameter => parameter.IsMandatory)
            .ThenBy(SourceOrder)]));

    /// <summary>Each parameter once, by name. One that is mandatory or takes piped input in some set is said to be so.</summary>
    public IReadOnlyList<ParameterHelp> Merged() =>
    [
        .. cmdlet.ParameterSets.SelectMany(Own).Select(Read)
            .GroupBy(static parameter => parameter.Name)
            .Select(static sets => sets.First() with
            {
                IsMandatory = sets.Any(static parameter => parameter.IsMandatory),
                Position = sets.Min(static parameter => parameter.Position),
                FromPipeline = sets.Any(static parameter => parameter.FromPipeline),
                FromPipelineByName = sets.Any(static parameter => parameter.FromPipelineByName),
            })
            .OrderBy(static parameter => parameter.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private static IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) =>
        set.Parameters.Where(static parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private ParameterHelp Read(CommandParameterInfo parameter)
    {
        PropertyInfo? property = cmdlet.ImplementingType.GetProperty(parameter.Name);
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        return new ParameterHelp(
            parameter.Name,
            type,
            property is not null ? DocTextReader.Paragraphs(documentation.Of(property)?.Element("summary"))
                : _shouldProcess.TryGetValue(parameter.Name, out string? known) ? [DocText.Of(known)] : [],
            parameter.IsMandatory,
            parameter.Position >= 0 ? parameter.Position : null,
            parameter.ValueFromPipeline,
            parameter.ValueFromPipelineByPropertyName,
            parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            [.. parameter.Aliases.Order(StringComparer.Ordinal)],
            property is null || parameter.IsMandatory ? null : Default(property.GetValue(_fresh.Value)),
            element.IsEnum ? Enum.GetNames(element)
                : [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(static set => set.ValidValues)],
            parameter.Attributes.OfType<ValidateRangeAttribute>().FirstOrDefault() is { MinRange: { } least, MaxRange: { } most }
                ? Range(least, most)
                : null);
    }

    private static string? Default(object? value) => value switch
    {
        null or SwitchParameter { IsPresent: false } => null,
        string { Length: 0 } => null,
        ICollection { Count: 0 } => null,
        IEnumerable list when value is not string => string.Join(", ", list.Cast<object>().Select(Invariant)),
        _ => Invariant(value),
    };

    private static string Range(object least, object most) =>
        most is int.MaxValue or long.MaxValue ? $"{Invariant(least)} or more" : $"{Invariant(least)} to {Invariant(most)}";

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>As written in the source, a base class's after the cmdlet's own, the engine's last.</summary>
    private int SourceOrder(ParameterHelp parameter)
    {
        if (cmdlet.ImplementingType.GetProperty(parameter.Name) is not { } property)
            return parameter.Name == "WhatIf" ? int.MaxValue - 1 : int.MaxValue;

        const int afterOwn = 1 << 24;
        int row = property.MetadataToken & (afterOwn - 1);
        return property.DeclaringType == cmdlet.ImplementingType ? row : row + afterOwn;
    }
}
