using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;

namespace Nanonets.Pester.Tests;

/// <summary>What is to run.</summary>
/// <param name="Folder">Where the files of tests are.</param>
/// <param name="Names">Their names, with wildcards.</param>
/// <param name="Timeout">How long a file may take.</param>
internal sealed record Suite(string Folder, IReadOnlyList<string> Names, TimeSpan Timeout)
{
    /// <summary>The files, in the order in which they run.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.GetFiles(Folder, "*.Tests.ps1").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .Where(file => Names.Any(name => FileSystemName.MatchesSimpleExpression(name, file))),
    ];
}
