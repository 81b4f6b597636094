using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Nanonets.Help;

namespace Nanonets.PowerShell.Tests.Conventions;

/// <summary>
/// What the module folder holds, read as metadata without loading anything. Windows PowerShell gives a module no binding redirects: a
/// reference to any other version than the one that lies beside it fails on the user's machine, and on no other.
/// </summary>
public class ShippedFolderTests
{
    /// <summary>The desktop folder: the cmdlets, the core, and the exact closure of System.Text.Json.</summary>
    private static readonly string[] s_desktop =
    [
        "Microsoft.Bcl.AsyncInterfaces.dll", "Nanonets.Client.dll", "Nanonets.PowerShell.dll", "System.Buffers.dll",
        "System.IO.Pipelines.dll", "System.Memory.dll",
        "System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll", "System.Text.Encodings.Web.dll",
        "System.Text.Json.dll",
        "System.Threading.Tasks.Extensions.dll",
    ];

    /// <summary>The core folder: PowerShell 7 has all the rest.</summary>
    private static readonly string[] s_core = ["Nanonets.Client.dll", "Nanonets.PowerShell.dll"];

    /// <summary>The journal's own folders: SQLite for each edition. The client is the module's.</summary>
    private static readonly string[] s_journalCore =
    [
        "Microsoft.Data.Sqlite.dll", "Nanonets.Journal.dll", "SQLitePCLRaw.batteries_v2.dll", "SQLitePCLRaw.core.dll",
        "SQLitePCLRaw.provider.e_sqlite3.dll",
    ];

    private static readonly string[] s_journalDesktop =
        [.. s_journalCore, "System.Memory.dll", "System.Runtime.CompilerServices.Unsafe.dll"];

    /// <summary>The folder of the journal in a database, which the desktop does not have.</summary>
    private static readonly string[] s_postgreSql =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions.dll", "Microsoft.Extensions.Logging.Abstractions.dll",
        "Nanonets.Journal.PostgreSql.dll", "Npgsql.dll", "System.Diagnostics.DiagnosticSource.dll",
    ];

    /// <summary>The native library, for both editions.</summary>
    private static readonly string[] s_native =
    [
        "linux-arm64/libe_sqlite3.so", "linux-musl-x64/libe_sqlite3.so", "linux-x64/libe_sqlite3.so", "osx-arm64/libe_sqlite3.dylib",
        "osx-x64/libe_sqlite3.dylib",
        "win-arm64/e_sqlite3.dll", "win-x64/e_sqlite3.dll", "win-x86/e_sqlite3.dll",
    ];

    /// <summary>Everything else at the top, besides format and types files, which the manifest lists.</summary>
    private static readonly string[] s_texts =
        ["LICENSE", "Nanonets.psd1", "THIRD-PARTY-NOTICES.txt", "en-US/Nanonets.PowerShell.dll-Help.xml"];

    [Fact]
    public void The_desktop_folder_holds_exactly_the_closure() => Assert.Equal(s_desktop, Names("desktop"));

    [Fact]
    public void The_core_folder_holds_only_our_own() => Assert.Equal(s_core, Names("core"));

    [Fact]
    public void Every_reference_of_the_desktop_folder_is_to_the_version_that_ships() => Assert.Empty(
        Broken("desktop", static name => name.Name switch
    {
        "netstandard" => name.Version == new Version(2, 0, 0, 0),
        "System.Management.Automation" => name.Version == new Version(3, 0, 0, 0),
        _ => false,
    }));

    [Fact]
    public void Every_reference_of_the_core_folder_is_ours_or_of_the_oldest_supported_engine() => Assert.Empty(Broken("core", static name =>
        name.Name == "System.Management.Automation"
            ? name.Version == new Version(3, 0, 0, 0)
            : name.Version <= new Version(8, 0, 0, 0) && IsOfFramework(name.Name!)));

    [Fact]
    public void Every_reference_of_the_journals_desktop_folder_is_to_a_version_that_ships() => Assert.Empty(
        Broken("journal/desktop", static name => name.Name switch
    {
        "netstandard" => name.Version == new Version(2, 0, 0, 0),

        // The framework's own facade.
        "System.Runtime" => name.Version == new Version(4, 0, 0, 0),
        _ => false,
    }, beside: "desktop"));

    [Fact]
    public void Every_reference_of_the_journals_core_folder_is_its_own_or_of_the_oldest_supported_engine() => Assert.Empty(Broken(
        "journal/core", static name => name.Version <= new Version(8, 0, 0, 0) && IsOfFramework(name.Name!), beside: "core"));

    [Fact]
    public void Every_reference_of_the_databases_folder_is_its_own_or_of_the_oldest_supported_engine() => Assert.Empty(Broken(
        "journal/postgresql", static name => name.Version <= new Version(8, 0, 0, 0) && IsOfFramework(name.Name!), beside: "core"));

    [Fact]
    public void There_is_no_other_file()
    {
        string[] expected =
        [
            .. s_texts, .. s_core.Select(static name => $"core/{name}"), .. s_desktop.Select(static name => $"desktop/{name}"),
            .. s_journalCore.Select(static name => $"journal/core/{name}"),
            .. s_journalDesktop.Select(static name => $"journal/desktop/{name}"),
            .. s_native.Select(static name => $"journal/native/{name}"),
            .. s_postgreSql.Select(static name => $"journal/postgresql/{name}"),
            .. Directory.GetFiles(Surface.Folder, "*.ps1xml").Select(static file => Path.GetFileName(file)),
        ];
        string[] found = [.. Directory.GetFiles(Surface.Folder, "*", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Surface.Folder, file).Replace('\\', '/'))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Where(static file => !IsTopic(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_stays_small()
    {
        Assert.InRange(Size(Surface.Folder) - Size(Path.Combine(Surface.Folder, "journal")), 1, 5 * 1024 * 1024);

        // Eight builds of SQLite.
        Assert.InRange(Size(Path.Combine(Surface.Folder, "journal")), 1, 16 * 1024 * 1024);
    }

    /// <summary>Whoever builds a clone as the README says runs what that build makes, and its configuration is Debug.</summary>
    [Fact]
    public void Every_assembly_of_ours_is_compiled_with_optimizations() => Assert.Empty(
        Directory.GetFiles(Surface.Folder, "Nanonets.*.dll", SearchOption.AllDirectories)
            .Where(static file => Modes(file).HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations))
            .Select(static file => Path.GetRelativePath(Surface.Folder, file)));

    private static DebuggableAttribute.DebuggingModes Modes(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        CustomAttribute debuggable = metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute)
            .Single(attribute => NameOf(metadata, attribute) == nameof(DebuggableAttribute));

        // After the two bytes that every attribute begins with.
        BlobReader value = metadata.GetBlobReader(debuggable.Value);
        value.ReadUInt16();
        return (DebuggableAttribute.DebuggingModes)value.ReadInt32();
    }

    private static string NameOf(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : string.Empty;

    private static long Size(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);

    private static bool IsTopic(string file) =>
        file.StartsWith("en-US/about_Nanonets", StringComparison.Ordinal) && file.EndsWith(".help.txt", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(Path.Combine(Surface.Folder, folder)).Select(static file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// References that nothing satisfies: neither a shipped assembly of exactly that version, nor what may come from outside.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fromOutside">What need not ship.</param>
    /// <param name="beside">Another folder of the module that is looked in for what this one does not have.</param>
    private static IEnumerable<string> Broken(string folder, Func<AssemblyName, bool> fromOutside, string? beside = null)
    {
        string[] files = Directory.GetFiles(Path.Combine(Surface.Folder, folder), "*.dll");
        string[] others = beside is null ? [] : Directory.GetFiles(Path.Combine(Surface.Folder, beside), "*.dll");
        ILookup<string, AssemblyName> shipped = files.Concat(others).Select(AssemblyName.GetAssemblyName)
            .ToLookup(static name => name.Name!);
        return
            from file in files
            from reference in References(file)
            let matches = shipped[reference.Name!].ToArray()
            where matches.Length == 0 ? !fromOutside(reference) : !matches.Any(match => match.Version == reference.Version)
            select $"{Path.GetFileName(file)} → {reference.Name} {reference.Version} (ships "
                + $"{string.Join(", ", matches.Select(static match => match.Version))})";
    }

    private static IEnumerable<AssemblyName> References(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }

    /// <summary>Whether the runtime itself has it, as the net8.0 reference pack names things.</summary>
    private static bool IsOfFramework(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}
