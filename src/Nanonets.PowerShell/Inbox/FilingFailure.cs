using System;

namespace Nanonets.Inbox;

/// <summary>A document cannot be filed, because of its original: it stays in the inbox, and nothing of it in the destination.</summary>
internal sealed class OriginalFailure(Verdict verdict, Exception? cause = null) : Exception(verdict.Reason, cause)
{
    public Verdict Verdict { get; } = verdict;
}

/// <summary>Nothing can be filed, because of the destination: it is full, or cannot be written to.</summary>
internal sealed class DestinationFailure(string path, Exception cause) : Exception($"'{path}' cannot be written: {cause.Message}", cause)
{
    /// <summary>What cannot be written.</summary>
    public string FullPath { get; } = path;

    public static bool Is(Exception failure) =>
        failure is System.IO.IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException;
}
