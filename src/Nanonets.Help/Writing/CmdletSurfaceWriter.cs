using System.Globalization;
using System.Linq;
using System.Text;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;

namespace Nanonets.Help.Writing;

/// <summary>Lists what scripts touch: cmdlets, parameters and error ids. A change of it is a change of the version.</summary>
internal static class CmdletSurfaceWriter
{
    public static string Write(ModuleHelp help)
    {
        var text = new StringBuilder();
        foreach (CmdletHelp cmdlet in help.Cmdlets)
        {
            text.Append(CultureInfo.InvariantCulture, $"{cmdlet.Name}\n");
            foreach (SyntaxHelp set in cmdlet.Syntax)
                text.Append(
                    CultureInfo.InvariantCulture, $"  set {set.Name}: {string.Join(' ', set.Parameters.Select(SyntaxLine.Part))}\n");
            foreach (ParameterHelp parameter in cmdlet.Parameters)
                text.Append(CultureInfo.InvariantCulture, $"  -{parameter.Name} : {TypeName.Full(parameter.Type)}{Details(parameter)}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  output {string.Join(", ", cmdlet.Outputs.Select(static type => type.Name).DefaultIfEmpty("none"))}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  errors {string.Join(' ', cmdlet.Errors.Select(static error => error.Id).DefaultIfEmpty("none"))}\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Details(ParameterHelp parameter)
    {
        var text = new StringBuilder();
        if (parameter.Default is { } value)
            text.Append(CultureInfo.InvariantCulture, $" = {value}");
        if (parameter.PipelineInput != "false")
            text.Append(CultureInfo.InvariantCulture, $", pipeline {parameter.PipelineInput["true ".Length..]}");
        if (parameter.Aliases.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", aliases {string.Join(' ', parameter.Aliases)}");
        if (parameter.Range is { } range)
            text.Append(CultureInfo.InvariantCulture, $", {range}");
        return text.ToString();
    }
}
