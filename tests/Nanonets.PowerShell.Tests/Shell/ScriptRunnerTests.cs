using System;
using System.IO;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>How the shell runs a script: exit codes, arguments, and where its streams go.</summary>
public sealed class ScriptRunnerTests : IDisposable
{
    private readonly RecordingConsole _console = new();
    private readonly Runspace _runspace;
    private readonly ScriptRunner _runner;
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"nanonets-{Guid.NewGuid():N}.ps1");

    public ScriptRunnerTests()
    {
        var host = new ShellHost(_console);
        _runspace = ShellRunspace.Create(host, modulePath: null);
        _runner = new ScriptRunner(host, _runspace);
    }

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("& { exit 3 }", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Write-Error 'one bad file'; 'and on'", 0)]
    public void The_exit_code_is_the_script_s(string script, int expected)
    {
        Assert.Equal(expected, RunFile(script));
        Assert.Equal(expected, _runner.RunCommand(script));
    }

    [Fact]
    public void Arguments_reach_the_parameters()
    {
        Assert.Equal(0, RunFile("param([string] $Name, [int] $Count, [switch] $Loud, [string] $Rest) \"$Name $Count $Loud $Rest\"", "-Count", "2", "-Loud", "-Name", "a b", "rest"));
        Assert.Equal("a b 2 True rest", _console.Text.Trim());
    }

    [Fact]
    public void A_wrong_argument_is_an_error_and_exit_code_1()
    {
        Assert.Equal(1, RunFile("[CmdletBinding()] param([int] $Count) $Count", "-Count", "many"));
        Assert.Contains("many", _console.Of(ShellChannel.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_go_to_the_error_channel_in_their_place_and_output_does_not()
    {
        RunFile("'before'; Write-Error 'went wrong'; 'after'; throw 'the end'");
        string errors = _console.Of(ShellChannel.Error);
        Assert.Contains("went wrong", errors, StringComparison.Ordinal);
        Assert.Contains("the end", errors, StringComparison.Ordinal);
        Assert.Equal(["before", "after"], _console.Of(ShellChannel.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.True(_console.Text.IndexOf("went wrong", StringComparison.Ordinal) < _console.Text.IndexOf("after", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Escape_sequences_are_written_to_terminals_only(bool isTerminal)
    {
        var console = new RecordingConsole { IsTerminal = isTerminal };
        var host = new ShellHost(console);
        using Runspace runspace = ShellRunspace.Create(host, modulePath: null);
        new ScriptRunner(host, runspace).RunCommand(
            "[pscustomobject] @{ Input = 'a.pdf'; Page = 1 }; Write-Warning 'careful'; Write-Error 'wrong'; Write-Host 'green' -ForegroundColor Green; \"$([char] 27)[1mbold$([char] 27)[0m\"");
        Assert.Equal(isTerminal, console.Text.Contains('\u001b', StringComparison.Ordinal));
        foreach (string text in new[] { "Input", "a.pdf", "WARNING: careful", "wrong", "green", "bold" })
            Assert.Contains(text, console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_script_ends_soon_with_130_and_runs_its_finally_block()
    {
        Task<int> running = Task.Run(() => RunFile("try { 'started'; while ($true) { } } finally { $Host.UI.WriteLine('tidied up') }"), TestContext.Current.CancellationToken);
        while (!_console.Text.Contains("started", StringComparison.Ordinal) && !running.IsCompleted)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        _runner.Interrupt();
        Assert.Equal(ScriptRunner.InterruptedExitCode, await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Contains("tidied up", _console.Text, StringComparison.Ordinal);
        Assert.True(_runner.IsInterrupted);
    }

    [Fact]
    public void After_an_interruption_nothing_more_is_started()
    {
        _runner.Interrupt();
        Assert.Equal(ScriptRunner.InterruptedExitCode, _runner.RunCommand("'too late'"));
        Assert.Empty(_console.Text);
    }

    [Fact]
    public void A_question_that_nobody_can_answer_is_an_error_that_says_so()
    {
        Assert.Equal(1, RunFile("function Remove-It { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('it')) { 'removed' } } $ErrorActionPreference = 'Stop'; Remove-It"));
        Assert.Contains("Nobody can answer here", _console.Of(ShellChannel.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("removed", _console.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y", true)]
    [InlineData("No", false)]
    [InlineData("", true)]
    public void A_question_is_answered_by_key_by_word_or_with_the_default(string answer, bool removed)
    {
        _console.Answers.Enqueue("what?");
        _console.Answers.Enqueue("S");
        _console.Answers.Enqueue(answer);
        RunFile("function Remove-It { [CmdletBinding(SupportsShouldProcess)] param() if ($PSCmdlet.ShouldProcess('it')) { 'removed' } } Remove-It -Confirm");
        Assert.Contains("[Y] Yes  [A] Yes to All  [N] No  [L] No to All (default is \"Y\"): ", _console.Text, StringComparison.Ordinal);
        Assert.Equal(removed, _console.Text.Contains("removed", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _runspace.Dispose();
        File.Delete(_script);
    }

    private int RunFile(string script, params string[] arguments)
    {
        File.WriteAllText(_script, script);
        return _runner.RunFile(_script, ScriptArgument.Parse(arguments));
    }
}
