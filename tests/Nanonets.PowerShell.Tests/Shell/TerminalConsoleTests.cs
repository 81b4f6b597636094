using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>What is written to a terminal, and what to a file.</summary>
public sealed class TerminalConsoleTests : IDisposable
{
    private const string ClearLine = "\r\u001b[2K";
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void Progress_is_one_line_of_the_window_s_width_and_gives_way_to_text()
    {
        TerminalConsole console = Console(isTerminal: true, width: 40);
        console.WriteProgress(new ProgressRecord(1, "Sending documents to Nanonets", "3 of 12 documents, 1.4 MB sent") { PercentComplete = 25 });
        Assert.Equal(ClearLine + "Sending documents to Nanonets: 3 of 12 ", _output.ToString());

        console.Write(ShellChannel.Output, "a line\n");
        Assert.EndsWith(ClearLine + "a line\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_shows_a_bar_and_the_time_left_and_goes_when_it_is_complete()
    {
        TerminalConsole console = Console(isTerminal: true, width: 100);
        var record = new ProgressRecord(1, "Sending", "3 of 12 documents") { PercentComplete = 25, SecondsRemaining = 65 };
        console.WriteProgress(record);
        Assert.Equal(ClearLine + "Sending: 3 of 12 documents  25% [#####...............] 01:05 left", _output.ToString());

        record.RecordType = ProgressRecordType.Completed;
        console.WriteProgress(record);
        Assert.EndsWith("left" + ClearLine, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_no_progress_and_errors_go_their_own_way()
    {
        TerminalConsole console = Console(isTerminal: false, width: 120);
        console.WriteProgress(new ProgressRecord(1, "Sending", "3 of 12 documents"));
        console.Write(ShellChannel.Output, "a table\n");
        console.Write(ShellChannel.Warning, "a warning\n");
        console.Write(ShellChannel.Error, "an error\n");
        Assert.Equal("a table\na warning\n", _output.ToString());
        Assert.Equal("an error\n", _error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private TerminalConsole Console(bool isTerminal, int width) => new(_output, _error, isTerminal, () => width);
}
