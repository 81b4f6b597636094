using System.Collections;
using System.Collections.Generic;

namespace Nanonets.Completers;

/// <summary>
/// Completes ids of files that this connection has sent or fetched, newest first, with their names beside them. Asks nobody.
/// </summary>
public sealed class RequestFileIdCompleter : ConnectionCompleter
{
    private protected override IEnumerable<(string Value, string ToolTip)> Values(NanonetsConnection connection, IDictionary? bound) =>
        connection.Known.Files;
}
