using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace Nanonets.Package;

/// <summary>A module manifest, read as data: nothing in it is run.</summary>
public sealed class ModuleManifest
{
    private readonly Dictionary<string, object?> _values;

    private ModuleManifest(Dictionary<string, object?> values) => _values = values;

    /// <summary>Version of the module.</summary>
    public string Version => Text("ModuleVersion");

    /// <summary>What a gallery shows: PrivateData.PSData.</summary>
    public Hashtable Gallery => (Hashtable)((Hashtable)_values["PrivateData"]!)["PSData"]!;

    /// <summary>Tags for the gallery.</summary>
    public IReadOnlyList<string> Tags => ToList(Gallery["Tags"]);

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The .psd1 file.</param>
    /// <returns>Its values.</returns>
    /// <exception cref="InvalidDataException">It is no table of values.</exception>
    public static ModuleManifest Read(string path)
    {
        ScriptBlockAst script = Parser.ParseInput(File.ReadAllText(path), out _, out ParseError[] errors);
        if (errors.Length > 0 || script.Find(static node => node is HashtableAst, false) is not HashtableAst table)
            throw new InvalidDataException($"{path} is no manifest.");

        // These alone are no plain values: they choose by edition.
        return new ModuleManifest(
            table.KeyValuePairs.Where(static pair => pair.Item1.ToString() is not ("RootModule" or "RequiredAssemblies")).ToDictionary(
            static pair => (string)pair.Item1.SafeGetValue(),
            static pair => (object?)((ExpressionAst)pair.Item2.Find(static node => node is ExpressionAst, false)!).SafeGetValue()));
    }

    /// <summary>A text.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The text.</returns>
    public string Text(string key) => (string)_values[key]!;

    /// <summary>A list of texts.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The texts.</returns>
    public IReadOnlyList<string> List(string key) => ToList(_values[key]);

    private static List<string> ToList(object? value) => [.. ((object[])value!).Cast<string>()];
}
