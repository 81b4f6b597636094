using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A console of 100 columns that keeps everything and answers prompts from a script.</summary>
public sealed class RecordingConsole : IShellConsole
{
    private readonly List<(ShellChannel Channel, string Text)> _written = [];

    public int Width => 100;

    public bool IsTerminal { get; init; }

    public bool CanRead => Answers.Count > 0;

    public Queue<string> Answers { get; } = new();

    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>All that was written, all channels together.</summary>
    public string Text => Of(null);

    public string Of(ShellChannel? channel)
    {
        lock (_written)
        {
            var text = new StringBuilder();
            foreach ((_, string written) in _written.Where(entry => channel is null || entry.Channel == channel))
                text.Append(written);
            return text.ToString();
        }
    }

    public void Write(ShellChannel stream, string text)
    {
        lock (_written)
            _written.Add((stream, text));
    }

    public void WriteProgress(ProgressRecord record)
    {
        lock (_written)
            Progress.Add(record);
    }

    public string? ReadLine(bool hidden) => Answers.TryDequeue(out string? answer) ? answer : null;
}
