using System;
using System.Text.RegularExpressions;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// Reads the name and the file name of a form part as common clients write them: quoted or bare, with <c>filename*</c> before
/// <c>filename</c>.
/// </summary>
internal static partial class PartNames
{
    public static string Name(string disposition) => NamePattern().Match(disposition).Groups["value"].Value;

    /// <returns>Null for a part that is no file.</returns>
    public static string? FileName(string disposition) =>
        FileNamePattern().Match(disposition) is { Success: true } match ? Decode(match) : null;

    /// <summary>All file names in the raw beginning of a body.</summary>
    public static MatchCollection FileNames(string text) => FileNamePattern().Matches(text);

    public static string Decode(Match match) =>
        match.Groups["encoded"] is { Success: true } encoded ? Uri.UnescapeDataString(encoded.Value) : match.Groups["value"].Value;

    [GeneratedRegex("""(?<![a-z])name=(?:"(?<value>[^"]*)"|(?<value>[^\s;]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();

    [GeneratedRegex("""filename=(?:"(?<value>[^"]*)"|(?<value>[^\s;]+))(?:;\s*filename\*=utf-8''(?<encoded>[^\s;]+))?""",
        RegexOptions.IgnoreCase)]
    private static partial Regex FileNamePattern();
}
