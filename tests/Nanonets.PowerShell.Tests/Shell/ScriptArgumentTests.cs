using System.Linq;
using Nanonets.Shell.Hosting;

namespace Nanonets.PowerShell.Tests.Shell;

/// <summary>What follows a script's path on the command line.</summary>
public class ScriptArgumentTests
{
    [Theory]
    [InlineData("one|two words", "=one =two words")]
    [InlineData("-Path|a.pdf", "Path=a.pdf")]
    [InlineData("-Recurse|-Path|a.pdf|-Force", "Recurse=True Path=a.pdf Force=True")]
    [InlineData("-Path:a:b.pdf", "Path=a:b.pdf")]
    [InlineData("-Confirm:$false", "Confirm=False")]
    [InlineData("-Count|-5", "Count=-5")]
    [InlineData("-", "=-")]
    public void Arguments_are_read_as_pwsh_reads_them(string arguments, string expected) =>
        Assert.Equal(expected, string.Join(' ', ScriptArgument.Parse(arguments.Split('|')).Select(argument => $"{argument.Name}={argument.Value}")));
}
