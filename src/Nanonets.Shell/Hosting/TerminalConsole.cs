using System;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace Nanonets.Shell.Hosting;

/// <summary>Colours and one line of progress in a terminal, plain text elsewhere.</summary>
public sealed class TerminalConsole : IShellConsole
{
    /// <summary>Width of redirected output; tables stay the same wherever a log is written.</summary>
    private const int RedirectedWidth = 120;

    private const string ClearLine = "\r\u001b[2K";
    private readonly object _lock = new();
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<int> _width;
    private bool _progressShown;

    /// <summary>Writes to given writers.</summary>
    /// <param name="output">Everything but errors.</param>
    /// <param name="error">Errors.</param>
    /// <param name="isTerminal">Whether somebody looks on.</param>
    /// <param name="width">Columns, asked for anew whenever a line is written: windows change.</param>
    public TerminalConsole(TextWriter output, TextWriter error, bool isTerminal, Func<int> width) =>
        (_output, _error, IsTerminal, _width) = (output, error, isTerminal, width);

    /// <inheritdoc/>
    public int Width => _width();

    /// <inheritdoc/>
    public bool IsTerminal { get; }

    /// <inheritdoc/>
    public bool CanRead => true;

    /// <summary>The process's own streams. Text leaves as UTF-8: documents have names in all scripts.</summary>
    /// <returns>The console.</returns>
    public static TerminalConsole OfProcess()
    {
        if (!OperatingSystem.IsWindows() || Console.IsOutputRedirected)
            Console.OutputEncoding = new UTF8Encoding(false);
        bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new TerminalConsole(
            Console.Out, Console.Error, isTerminal, static () => Console.IsOutputRedirected || Console.WindowWidth < 20 ? RedirectedWidth : Console.WindowWidth);
    }

    /// <inheritdoc/>
    public void Write(ShellChannel stream, string text)
    {
        lock (_lock)
        {
            RemoveProgress();
            (stream is ShellChannel.Error ? _error : _output).Write(text);
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
            _output.Write(ClearLine + (line.Length < Width ? line : line[..(Width - 1)]));
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
            _output.Write(ClearLine);
        _progressShown = false;
    }
}
