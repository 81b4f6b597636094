using System.Management.Automation;

namespace Nanonets.Shell.Hosting;

/// <summary>Where the host writes and reads: a terminal, redirected streams, or a test that records.</summary>
public interface IShellConsole
{
    /// <summary>Columns a line may have.</summary>
    int Width { get; }

    /// <summary>Whether colours and progress can be shown.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether somebody can answer a prompt.</summary>
    bool CanRead { get; }

    /// <summary>Writes text of a stream, line ends included.</summary>
    /// <param name="stream">The stream it belongs to.</param>
    /// <param name="text">The text; escape sequences only on a terminal.</param>
    void Write(ShellChannel stream, string text);

    /// <summary>Shows, refreshes or removes progress.</summary>
    /// <param name="record">The record.</param>
    void WriteProgress(ProgressRecord record);

    /// <summary>Reads a line.</summary>
    /// <param name="hidden">Whether what is typed stays unseen.</param>
    /// <returns>The line; null when there is no more input.</returns>
    string? ReadLine(bool hidden);
}

/// <summary>The streams of a host.</summary>
public enum ShellChannel
{
    /// <summary>Objects, formatted, and text for the host.</summary>
    Output,

    /// <summary>Errors.</summary>
    Error,

    /// <summary>Warnings.</summary>
    Warning,

    /// <summary>Verbose lines.</summary>
    Verbose,

    /// <summary>Debug lines.</summary>
    Debug,
}
