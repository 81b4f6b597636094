using System;
using System.Management.Automation;
using System.Text;

namespace Nanonets.Shell.Hosting;

/// <summary>The process's own streams: colours and one line of progress in a terminal, plain text elsewhere.</summary>
public sealed class TerminalConsole : IShellConsole
{
    /// <summary>Width of redirected output; tables stay the same wherever a log is written.</summary>
    private const int RedirectedWidth = 120;

    private const string ClearLine = "\r\u001b[2K";
    private readonly object _lock = new();
    private bool _progressShown;

    /// <summary>Text leaves as UTF-8: documents have names in all scripts.</summary>
    public TerminalConsole()
    {
        if (!OperatingSystem.IsWindows() || Console.IsOutputRedirected)
            Console.OutputEncoding = new UTF8Encoding(false);
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <inheritdoc/>
    public int Width => Console.IsOutputRedirected || Console.WindowWidth < 20 ? RedirectedWidth : Console.WindowWidth;

    /// <inheritdoc/>
    public bool IsTerminal { get; }

    /// <inheritdoc/>
    public bool CanRead => true;

    /// <inheritdoc/>
    public void Write(ShellChannel stream, string text)
    {
        lock (_lock)
        {
            RemoveProgress();
            (stream is ShellChannel.Error ? Console.Error : Console.Out).Write(text);
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord record)
    {
        if (!IsTerminal)
            return;

        lock (_lock)
        {
            if (record.RecordType == ProgressRecordType.Completed)
            {
                RemoveProgress();
                return;
            }

            string share = record.PercentComplete >= 0 ? $" {record.PercentComplete,3}% [{Bar(record.PercentComplete)}]" : string.Empty;
            string left = record.SecondsRemaining >= 0 ? $" {TimeSpan.FromSeconds(record.SecondsRemaining):mm\\:ss} left" : string.Empty;
            string line = $"{record.Activity}: {record.StatusDescription}{share}{left}";
            Console.Out.Write(ClearLine + (line.Length < Width ? line : line[..(Width - 1)]));
            _progressShown = true;
        }
    }

    /// <inheritdoc/>
    public string? ReadLine(bool hidden) => hidden && !Console.IsInputRedirected ? ReadHidden() : Console.In.ReadLine();

    private static string ReadHidden()
    {
        var line = new StringBuilder();
        for (ConsoleKeyInfo key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key != ConsoleKey.Backspace)
                line.Append(key.KeyChar);
            else if (line.Length > 0)
                line.Length--;
        }

        Console.Out.WriteLine();
        return line.ToString();
    }

    private static string Bar(int percent) => new string('#', percent / 5).PadRight(20, '.');

    private void RemoveProgress()
    {
        if (_progressShown)
            Console.Out.Write(ClearLine);
        _progressShown = false;
    }
}
