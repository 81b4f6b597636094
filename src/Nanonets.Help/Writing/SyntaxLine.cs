using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;

namespace Nanonets.Help.Writing;

/// <summary>The way to call a cmdlet, in the notation of Get-Command -Syntax, in lines of readable length.</summary>
internal static class SyntaxLine
{
    private const int MaximumLength = 100;

    public static string Format(string cmdlet, SyntaxHelp syntax)
    {
        var lines = new StringBuilder(cmdlet);
        int length = cmdlet.Length;
        foreach (string part in syntax.Parameters.Select(Part).Append("[<CommonParameters>]"))
        {
            if (length + part.Length + 1 > MaximumLength)
            {
                lines.Append("\n   ");
                length = 3;
            }

            lines.Append(' ').Append(part);
            length += part.Length + 1;
        }

        return lines.ToString();
    }

    public static string Part(ParameterHelp parameter)
    {
        string name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string value = parameter.IsSwitch ? name : $"{name} <{TypeName.Short(parameter.Type)}>";
        return parameter.IsMandatory ? value : $"[{value}]";
    }
}
