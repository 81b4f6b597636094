using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Nanonets.Help.Model;
using Nanonets.PowerShell.Tests.Conventions;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>Every error id that a test sees must be in the help of the cmdlet that gave it.</summary>
internal static class DocumentedErrors
{
    private static readonly HashSet<string> s_ours = [.. Surface.ErrorIds];
    private static readonly Dictionary<string, CmdletHelp> s_byClass = Surface.Help.ToDictionary(
        static help => $"Nanonets.Commands.{help.Verb}{help.Noun}Command");

    public static void Check(ErrorRecord? error)
    {
        // Id, then the class of the cmdlet; the engine's own ids (binding, validation) are not ours to document.
        string[] parts = error?.FullyQualifiedErrorId?.Split(',') ?? [];
        if (parts.Length != 2 || !s_ours.Contains(parts[0]) || !s_byClass.TryGetValue(parts[1], out CmdletHelp? help))
            return;

        Assert.True(
            help.Errors.Any(known => known.Id == parts[0]),
            $"{help.Name} gave the error id {parts[0]}, which its help does not list. Add to its documentation comment: "
            + $"/// <exception cref=\"NanonetsErrorId.{parts[0]}\"/> (or ErrorTable.{parts[0]}).");
    }
}
