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

    /// <summary>Entries are in brackets; fields within are parted by semicolons: kind, flags, rights, two object types, account.</summary>
    private static readonly Regex s_entry = new(
        @"\((?<kind>[^;)]*);(?<flags>[^;)]*);[^;)]*;[^;)]*;[^;)]*;(?<account>[^;)]*)", RegexOptions.CultureInvariant);

    /// <summary>Accounts besides the given one, SYSTEM and Administrators that own the file or have any right to it.</summary>
    /// <param name="descriptor">Owner and access list, for example <c>O:BAD:PAI(A;;FA;;;SY)</c>.</param>
    /// <param name="account">The running account as a SID.</param>
    /// <param name="sidOf">The SID that two letters stand for, such as <c>LA</c>, which is another one on each machine.</param>
    public static IReadOnlyCollection<string> Strangers(string descriptor, string account, Func<string, string> sidOf)
    {
        string Sid(string named) => named.Length == 2 ? sidOf(named) : named;
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
                .Select(entry => Sid(entry.Groups["account"].Value)));
        }

        return [.. found.Where(sid => !trusted.Contains(sid)).Distinct()];
    }

    /// <summary>What makes a file the account's own and takes it from the others. Two commands, as icacls wants it.</summary>
    public static string Remedy(string path, string account, IEnumerable<string> strangers)
    {
        string file = $"'{path.Replace("'", "''")}'";
        string take = string.Concat(
            strangers.Where(static sid => sid.StartsWith("S-", StringComparison.Ordinal)).Select(static sid => $" /remove:g *{sid}"));
        return $"icacls {file} /setowner *{account}; icacls {file} /inheritance:r /grant:r *{account}:F{take}";
    }
}
