using System;
using System.Collections.Generic;

namespace Nanonets.Help.Model;

/// <summary>One parameter, in one parameter set or over all of them.</summary>
/// <param name="Name">Its name, without the hyphen.</param>
/// <param name="Type">Its type, without a Nullable around it.</param>
/// <param name="Description">Paragraphs of its documentation comment.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position from 0; null when it is given by name.</param>
/// <param name="FromPipeline">Whether a piped object as a whole binds to it.</param>
/// <param name="FromPipelineByName">Whether a property of that name of a piped object binds to it.</param>
/// <param name="HasWildcards">Whether wildcards are understood.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Default">Its value when it is not given; null when it has none.</param>
/// <param name="Values">The values that it takes; empty when they cannot be counted.</param>
/// <param name="Range">Smallest and largest value, in words; null when there is no limit.</param>
public sealed record ParameterHelp(
    string Name, Type Type, IReadOnlyList<DocText> Description, bool IsMandatory, int? Position, bool FromPipeline, bool FromPipelineByName,
    bool HasWildcards, IReadOnlyList<string> Aliases, string? Default, IReadOnlyList<string> Values, string? Range)
{
    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => Type == typeof(System.Management.Automation.SwitchParameter);

    /// <summary>The words that Get-Help uses for pipeline input.</summary>
    public string PipelineInput => (FromPipeline, FromPipelineByName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };
}
