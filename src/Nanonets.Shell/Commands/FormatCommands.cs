using System;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Nanonets.Shell.Commands;

/// <summary>Shows objects as a table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Connects the engine's formatter.</summary>
    public FormatTableCommand() => EngineFormatter.Attach(this, FormatShape.Table);
}

/// <summary>Shows objects as a list.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Connects the engine's formatter.</summary>
    public FormatListCommand() => EngineFormatter.Attach(this, FormatShape.List);
}

internal enum FormatShape
{
    Table,
    List,
}

/// <summary>
/// The formatter is in the engine, the two cmdlets over it are in an assembly that is no package. The base classes are public, the field that
/// connects them is not: bound to the engine's version, and so to this host only.
/// </summary>
internal static class EngineFormatter
{
    public static void Attach(FrontEndCommandBase command, FormatShape shape)
    {
        Assembly engine = typeof(FrontEndCommandBase).Assembly;
        Type formatter = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        Type shapes = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        object instance = Activator.CreateInstance(
            formatter, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, [Enum.Parse(shapes, shape.ToString())], null)!;
        typeof(FrontEndCommandBase).GetField("implementation", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(command, instance);
    }
}
