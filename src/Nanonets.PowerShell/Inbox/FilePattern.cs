using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nanonets.Inbox;

/// <summary>Names of files with wildcards: * for any text, ? for one character, in any case.</summary>
internal sealed class FilePattern(IEnumerable<string> patterns)
{
    private readonly Regex[] _patterns =
    [
        .. patterns.Select(static pattern => new Regex(
            "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)),
    ];

    public bool IsEmpty => _patterns.Length == 0;

    public bool Matches(string name) => _patterns.Any(pattern => pattern.IsMatch(name));
}
