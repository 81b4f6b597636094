using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace Nanonets.Pester.Tests;

/// <summary>The command line of the suite.</summary>
internal sealed class SuiteOptions : ICommandLineOptionsProvider
{
    private const string FileOption = "file";
    private const string FolderOption = "folder";
    private const string TimeoutOption = "file-timeout";

    /// <inheritdoc/>
    public string Uid => nameof(SuiteOptions);

    /// <inheritdoc/>
    public string Version => "1.0";

    /// <inheritdoc/>
    public string DisplayName => "Pester suite";

    /// <inheritdoc/>
    public string Description => "Which files of the suite run, and where.";

    /// <inheritdoc/>
    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    /// <inheritdoc/>
    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(FileOption, "Names of files of tests, wildcards allowed. Default: all.", ArgumentArity.OneOrMore, isHidden: false),
        new(FolderOption, "The folder of the suite. Default: tests/Pester.", ArgumentArity.ExactlyOne, isHidden: false),
        new(TimeoutOption, "Seconds that one file may take before the run is ended. Default: 900, for the busiest machines.",
            ArgumentArity.ExactlyOne, isHidden: false),
    ];

    /// <summary>What was asked for.</summary>
    public static Suite Read(ICommandLineOptions options) => new(
        Text(options, FolderOption) ?? Metadata(nameof(Suite)),
        options.TryGetOptionArgumentList(FileOption, out string[]? files) ? files : ["*"],
        TimeSpan.FromSeconds(int.Parse(Text(options, TimeoutOption) ?? "900", CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) =>
        commandOption.Name == TimeoutOption && !(int.TryParse(arguments[0], CultureInfo.InvariantCulture, out int seconds) && seconds > 0)
            ? ValidationResult.InvalidTask($"--{TimeoutOption} takes a number of seconds.")
            : ValidationResult.ValidTask;

    /// <inheritdoc/>
    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;

    /// <summary>What the project file says of the packages and the repository.</summary>
    public static string Metadata(string key) =>
        typeof(SuiteOptions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string? Text(ICommandLineOptions options, string name) =>
        options.TryGetOptionArgumentList(name, out string[]? arguments) ? arguments[0] : null;
}
