using System;
using System.Collections.Generic;

namespace Nanonets.Emulator.Faults;

/// <summary>What a rule looks at: a request, or one of its files.</summary>
internal sealed record FaultTarget(
    string Route, string? Model, string Address, IReadOnlyList<string> FileNames, bool Reused, DateTimeOffset Now)
{
    /// <summary>What the request is about: the same when the client sends it again.</summary>
    public string Subject => FileNames.Count > 0 ? string.Join('\n', FileNames) : Address;
}
