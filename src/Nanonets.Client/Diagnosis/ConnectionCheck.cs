namespace Nanonets;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>Not looked at: it does not apply, or something before it failed.</summary>
    Skipped,
}

/// <summary>One thing that must be well for documents to be sent.</summary>
public sealed class ConnectionCheck
{
    internal ConnectionCheck(string check, CheckStatus status, string detail, string? remedy = null) =>
        (Check, Status, Detail, Remedy) = (check, status, detail, remedy);

    /// <summary>
    /// What was looked at: Name, Proxy, Tls, Service, Clock, Key, Model or Journal; of a journal in a database also
    /// JournalRights, JournalTls and JournalClock.
    /// </summary>
    public string Check { get; }

    /// <summary>How it ended.</summary>
    public CheckStatus Status { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do about it; null when nothing is to be done.</summary>
    public string? Remedy { get; }

    /// <summary>Check, status and detail.</summary>
    /// <returns>For example <c>Clock: Ok, 0.2 s apart</c>.</returns>
    public override string ToString() => $"{Check}: {Status}, {Detail}";
}
