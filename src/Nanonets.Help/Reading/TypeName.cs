using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace Nanonets.Help.Reading;

/// <summary>Names of types as PowerShell users write them.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> s_accelerators = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(bool)] = "bool",
        [typeof(object)] = "Object",
        [typeof(SwitchParameter)] = "switch",
        [typeof(PSObject)] = "psobject",
        [typeof(PSCredential)] = "pscredential",
        [typeof(ScriptBlock)] = "scriptblock",
    };

    /// <summary>Short, for syntax lines.</summary>
    public static string Short(Type type) => type.IsArray ? $"{Short(type.GetElementType()!)}[]"
        : s_accelerators.TryGetValue(type, out string? name) ? name : type.Name;

    /// <summary>With its namespace, as <c>[type]</c> takes it.</summary>
    public static string Full(Type type) => type.IsArray ? $"{Full(type.GetElementType()!)}[]" : type.FullName!;
}
