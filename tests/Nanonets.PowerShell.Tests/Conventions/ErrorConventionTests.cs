using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>Every failure has one stable id, a category that says something, and says what to do.</summary>
public class ErrorConventionTests
{
    private static readonly Type s_table = Surface.ErrorTable;
    private static readonly Type s_ids = Surface.ErrorEnumeration;

    private static IEnumerable<string> Ids => Surface.ErrorIds;

    [Fact]
    public void Ids_are_unique_whatever_the_case() =>
        Assert.Equal(Ids.Count(), Ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Ids_are_words_in_PascalCase() => Assert.All(Ids, static id => Assert.Matches("^([A-Z][a-z]+)+$", id));

    [Fact]
    public void Each_says_what_to_do()
    {
        MethodInfo advice = s_table.Assembly.GetType("Nanonets.Errors.Advice", true)!.GetMethod("For", [typeof(string)])!;
        Assert.All(Ids, id => Assert.True(((string)advice.Invoke(null, [id])!).Length > 0, $"{id} has no entry in Errors/Advice.cs."));
        Assert.All(Ids, id => Assert.EndsWith(".", (string)advice.Invoke(null, [id])!));
    }

    [Fact]
    public void Each_failure_of_the_core_has_a_category()
    {
        MethodInfo category = s_table.GetMethod("CategoryOf", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.All(Enum.GetValues(s_ids).Cast<object>(), id => Assert.NotEqual(ErrorCategory.NotSpecified, category.Invoke(null, [id])));
    }

    [Fact]
    public void A_factory_is_named_after_its_id_since_help_rests_on_it() =>
        Assert.All(Surface.ErrorFactories, static factory => Assert.True(
        Enum.IsDefined(s_ids, factory.Name) || Literals(factory).Contains(factory.Name),
        $"ErrorTable.{factory.Name} must give the id nameof({factory.Name}) or be named after its member of NanonetsErrorId."));

    [Fact]
    public void Records_are_made_in_the_table_only()
    {
        using var file = new PEReader(File.OpenRead(s_table.Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<int> constructors =
            [.. metadata.MemberReferences.Where(handle => IsErrorRecord(metadata, metadata.GetMemberReference(handle)))
            .Select(static handle => MetadataTokens.GetToken(handle))];
        Assert.NotEmpty(constructors);

        string[] makers = [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0
                && Calls(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!, constructors))
            .Select(method => Outermost(metadata, method.GetDeclaringType())).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["ErrorTable"], makers);
    }

    private static bool IsErrorRecord(MetadataReader metadata, MemberReference member) =>
        metadata.GetString(member.Name) == ".ctor"
        && member.Parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(ErrorRecord);

    private static bool Calls(byte[] code, HashSet<int> constructors)
    {
        for (int i = 0; i + 5 <= code.Length; i++)
        {
            if (code[i] == OpCodes.Newobj.Value && constructors.Contains(BitConverter.ToInt32(code, i + 1)))
                return true;
        }

        return false;
    }

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? Outermost(metadata, outer) : metadata.GetString(type.Name);
    }

    private static IEnumerable<string> Literals(MethodInfo method)
    {
        byte[] code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (int i = 0; i + 5 <= code.Length; i++)
        {
            // Tokens of string literals have this high byte.
            if (code[i] == OpCodes.Ldstr.Value && code[i + 4] == 0x70)
                yield return method.Module.ResolveString(BitConverter.ToInt32(code, i + 1));
        }
    }
}
