using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nanonets.Binding;

/// <summary>
/// What a path has for certain that a path with wildcards, or relative to somewhere, leads to: with it a journal leaves out nearly all of a
/// million entries before any is looked at.
/// </summary>
internal static class PathPiece
{
    private static readonly char[] s_separators = ['/', '\\', ':'];

    /// <summary>The longest piece of the name, of ASCII letters in lower case; null where there is none.</summary>
    public static string? Of(string path)
    {
        // A name such as INVOIC~1.PDF stands for another, and at the end of one Windows takes no dots and spaces.
        string name = path.Substring(path.LastIndexOfAny(s_separators) + 1).TrimEnd('.', ' ');
        if (name.Any(static letter => letter == '~'))
            return null;

        // Of a set of letters, as in [abc], only one is there.
        string certain = Regex.Replace(name, @"\[[^\]]*\]?", "*");
        string? longest = Regex.Matches(certain, "[A-Za-z0-9 ._-]+").Cast<Match>().Select(static piece => piece.Value)
            .OrderByDescending(static piece => piece.Length).FirstOrDefault();
        return longest is null || longest.All(static letter => letter is '.' or ' ') ? null : longest.ToLowerInvariant();
    }
}
