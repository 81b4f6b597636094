using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nanonets.Sessions;

/// <summary>Reads the text form of a Windows security descriptor (SDDL), so that what it means can be tested on every system.</summary>
internal static class AccessList
{
    private const string System = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";
    private const string Everyone = "S-1-1-0";

    /// <summary>Rights of whoever owns the file: the owner is looked at by itself.</summary>
    private const string OwnerRights = "S-1-3-4";

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["SY"] = System, ["BA"] = Administrators, ["WD"] = Everyone, ["OW"] = OwnerRights,
        ["AU"] = "S-1-5-11", ["BU"] = "S-1-5-32-545", ["BG"] = "S-1-5-32-546", ["IU"] = "S-1-5-4", ["NU"] = "S-1-5-2", ["AN"] = "S-1-5-7",
    };

    /// <summary>Entries are in brackets; fields within are parted by semicolons: kind, flags, rights, two object types, account.</summary>
    private static readonly Regex s_entry = new(@"\((?<kind>[^;)]*);(?<flags>[^;)]*);[^;)]*;[^;)]*;[^;)]*;(?<account>[^;)]*)", RegexOptions.CultureInvariant);

    /// <summary>Accounts besides the given one, SYSTEM and Administrators that own the file or have any right to it.</summary>
    /// <param name="descriptor">Owner and access list, for example <c>O:BAD:PAI(A;;FA;;;SY)</c>.</param>
    /// <param name="account">The running account as a SID.</param>
    public static IReadOnlyCollection<string> Strangers(string descriptor, string account)
    {
        HashSet<string> trusted = [account, System, Administrators, OwnerRights];
        var found = new List<string>();
        Match owner = Regex.Match(descriptor, "O:(?<account>S-[0-9-]+|[A-Z]{2})");
        if (owner.Success)
            found.Add(Sid(owner.Groups["account"].Value));

        // No access list at all means that everybody may do everything.
        int list = descriptor.IndexOf("D:", StringComparison.Ordinal);
        if (list < 0 || descriptor.Contains("NO_ACCESS_CONTROL"))
            found.Add(Everyone);
        else
        {
            // Entries that refuse take nothing from the others' safety; those that are only for children say nothing about a file.
            found.AddRange(s_entry.Matches(descriptor.Substring(list)).Cast<Match>()
                .Where(static entry => entry.Groups["kind"].Value is "A" or "OA" or "XA" && !entry.Groups["flags"].Value.Contains("IO"))
                .Select(static entry => Sid(entry.Groups["account"].Value)));
        }

        return [.. found.Where(sid => !trusted.Contains(sid)).Distinct()];
    }

    private static string Sid(string account) => s_aliases.TryGetValue(account, out string? sid) ? sid : account;
}
