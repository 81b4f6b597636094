using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Nanonets.Help.Model;

namespace Nanonets.Help.Writing;

/// <summary>The files that are made from the help, before or after they are on disk: the same help gives the same bytes.</summary>
public sealed class GeneratedFiles
{
    private readonly Repository _repository;

    private GeneratedFiles(Repository repository, IReadOnlyDictionary<string, string> texts) => (_repository, Texts) = (repository, texts);

    /// <summary>Text by full path. Lines end with a line feed on every system.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>Pages of cmdlets that there are no more.</summary>
    public IEnumerable<string> Leftovers => Directory.Exists(_repository.ReferenceFolder)
        ? Directory.GetFiles(_repository.ReferenceFolder, "*.md").Where(file => !Texts.ContainsKey(file))
        : [];

    /// <summary>Writes the help into all its formats.</summary>
    /// <param name="help">What the help says.</param>
    /// <param name="repository">Where the files go.</param>
    /// <returns>The files, not yet on disk.</returns>
    public static GeneratedFiles From(ModuleHelp help, Repository repository)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [repository.MamlFile] = MamlWriter.Write(help),
            [repository.ManifestFile] = ManifestExports.Write(File.ReadAllText(repository.ManifestFile), help),
            [repository.ClientApiFile] = PublicApiWriter.Write(help.Client),
            [repository.CmdletSurfaceFile] = CmdletSurfaceWriter.Write(help),
        };
        foreach ((string name, string text) in MarkdownWriter.Write(help))
            texts[Path.Combine(repository.ReferenceFolder, name)] = text;
        return new GeneratedFiles(repository, texts);
    }

    /// <summary>Puts the files on disk and removes leftovers.</summary>
    public void Write()
    {
        foreach (string leftover in Leftovers)
            File.Delete(leftover);
        foreach ((string path, string text) in Texts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }
    }
}
