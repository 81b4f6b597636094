using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Help.Model;

/// <summary>A paragraph: words, and code between them.</summary>
/// <param name="Runs">Its pieces in order.</param>
public sealed record DocText(IReadOnlyList<DocRun> Runs)
{
    /// <summary>No text.</summary>
    public static DocText Empty { get; } = new([]);

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => Plain.Length == 0;

    /// <summary>The text without marks.</summary>
    public string Plain => string.Concat(Runs.Select(run => run.Text));

    /// <summary>A paragraph of words only.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The paragraph.</returns>
    public static DocText Of(string text) => new([new DocRun(text, false)]);
}

/// <summary>A piece of a paragraph.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsCode">Whether it is code: a name, a value, a line to type.</param>
public sealed record DocRun(string Text, bool IsCode);
