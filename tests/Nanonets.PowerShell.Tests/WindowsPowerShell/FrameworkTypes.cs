using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nanonets.PowerShell.Tests.WindowsPowerShell;

/// <summary>
/// Types and static members that the .NET Framework does not have, by its reference assemblies; of these only those that Windows PowerShell
/// has loaded when it starts.
/// </summary>
internal static class FrameworkTypes
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> s_known = new(Read);

    public static IEnumerable<string> MissingFor(ScriptBlockAst script)
    {
        // Whoever loads an assembly by name knows what is in it.
        if (script.Find(static node => node is CommandAst command && IsAddType(command), true) is not null)
            return [];

        return script.FindAll(static node => node is TypeExpressionAst or TypeConstraintAst or MemberExpressionAst { Static: true }, true)
            .Where(IsMissing).Select(static node => $"{node.Extent.Text} in line {node.Extent.StartLineNumber}");
    }

    private static bool IsAddType(CommandAst command) => "Add-Type".Equals(command.GetCommandName(), StringComparison.OrdinalIgnoreCase);

    private static bool IsMissing(Ast node) => node switch
    {
        TypeExpressionAst type => IsMissing(type.TypeName, null),
        TypeConstraintAst type => IsMissing(type.TypeName, null),
        MemberExpressionAst { Expression: TypeExpressionAst type,
            Member: StringConstantExpressionAst { Value: not "new" and { } member } } =>
            IsMissing(type.TypeName, member),
        _ => false,
    };

    private static bool IsMissing(ITypeName name, string? member)
    {
        if (name is GenericTypeName generic && generic.GenericArguments.Any(static argument => IsMissing(argument, null)))
            return true;

        // What this engine does not know is a type of the module or of the script; what is the engine's own is the same in both.
        Type? type = name.GetReflectionType();
        while (type is { IsArray: true })
            type = type.GetElementType();
        if (type is null || type.Assembly == typeof(Ast).Assembly || type.Assembly.IsDynamic)
            return false;

        string full = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;
        return !s_known.Value.TryGetValue(full, out HashSet<string>? members)
            || (member is not null && !members.Contains(member) && !members.Contains("get_" + member));
    }

    private static Dictionary<string, HashSet<string>> Read()
    {
        var types = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "framework"), "*.dll"))
        {
            using var file = new PEReader(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            {
                // PowerShell takes members in any case.
                HashSet<string> members = new(StringComparer.OrdinalIgnoreCase);
                members.UnionWith(type.GetMethods().Select(method => metadata.GetString(metadata.GetMethodDefinition(method).Name)));
                members.UnionWith(type.GetFields().Select(field => metadata.GetString(metadata.GetFieldDefinition(field).Name)));
                types[$"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"] = members;
            }
        }

        return types;
    }
}
