using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Nanonets.PowerShell.Tests.WindowsPowerShell;

/// <summary>Commands, parameters and values of parameters that Windows PowerShell 5.1 does not have.</summary>
internal static class NewerCommands
{
    private static readonly HashSet<string> s_commands = Names(
        "ConvertFrom-CliXml", "ConvertFrom-Markdown", "ConvertTo-CliXml", "Disable-ExperimentalFeature", "Enable-ExperimentalFeature",
        "Find-PSResource", "Get-Error", "Get-ExperimentalFeature", "Get-InstalledPSResource", "Get-MarkdownOption", "Get-PSSubsystem",
        "Get-SecureRandom", "Get-Uptime", "Install-PSResource", "Join-String", "Publish-PSResource", "Register-PSResourceRepository",
        "Remove-Alias", "Set-MarkdownOption", "Show-Markdown", "Start-ThreadJob", "Switch-Process", "Test-Json");

    private static readonly HashSet<string> s_web = Names(
        "AllowInsecureRedirect", "AllowUnencryptedAuthentication", "Authentication", "ConnectionTimeoutSeconds", "CustomMethod",
        "FollowRelLink", "Form", "HttpVersion", "MaximumFollowRelLink", "MaximumRetryCount", "NoProxy", "OperationTimeoutSeconds",
        "PreserveAuthorizationOnRedirect", "PreserveHttpMethodOnRedirect", "ResponseHeadersVariable", "Resume", "RetryIntervalSec",
        "SkipCertificateCheck", "SkipHeaderValidation", "SkipHttpErrorCheck", "SslProtocol", "StatusCodeVariable", "Token", "UnixSocket");

    private static readonly Dictionary<string, HashSet<string>> s_parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Add-Content"] = Names("AsByteStream"),
        ["ConvertFrom-Json"] = Names("AsHashtable", "DateKind", "Depth", "NoEnumerate"),
        ["ConvertFrom-SecureString"] = Names("AsPlainText"),
        ["ConvertTo-Csv"] = Names("IncludeTypeInformation", "NoHeader", "QuoteFields", "UseQuotes"),
        ["ConvertTo-Json"] = Names("AsArray", "EnumsAsStrings", "EscapeHandling"),
        ["Export-Csv"] = Names("IncludeTypeInformation", "NoHeader", "QuoteFields", "UseQuotes"),
        ["ForEach-Object"] = Names("AsJob", "Parallel", "ThrottleLimit", "TimeoutSeconds", "UseNewRunspace"),
        ["Format-Hex"] = Names("Count", "Offset"),
        ["Get-ChildItem"] = Names("FollowSymlink"),
        ["Get-Content"] = Names("AsByteStream"),
        ["Get-Date"] = Names("AsUTC", "UnixTimeSeconds"),
        ["Get-Module"] = Names("SkipEditionCheck"),
        ["Get-Random"] = Names("Shuffle"),
        ["Import-Module"] = Names("SkipEditionCheck", "UseWindowsPowerShell"),
        ["Invoke-RestMethod"] = s_web,
        ["Invoke-WebRequest"] = s_web,
        ["Join-Path"] = Names("AdditionalChildPath"),
        ["Measure-Object"] = Names("AllStats", "StandardDeviation"),
        ["New-PSSession"] = Names("HostName", "SSHConnection", "UserName"),
        ["Out-String"] = Names("NoNewline"),
        ["Select-Object"] = Names("CaseInsensitive", "SkipIndex"),
        ["Select-String"] = Names("Culture", "NoEmphasis", "Raw"),
        ["Set-Content"] = Names("AsByteStream"),
        ["Sort-Object"] = Names("Bottom", "Stable", "Top"),
        ["Split-Path"] = Names("Extension", "LeafBase"),
        ["Start-Process"] = Names("Environment"),
        ["Start-Sleep"] = Names("Duration"),
        ["Tee-Object"] = Names("Encoding"),
        ["Wait-Process"] = Names("Any", "PassThru"),
    };

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["%"] = "ForEach-Object", ["foreach"] = "ForEach-Object", ["irm"] = "Invoke-RestMethod", ["iwr"] = "Invoke-WebRequest",
        ["gci"] = "Get-ChildItem", ["dir"] = "Get-ChildItem", ["ls"] = "Get-ChildItem", ["gc"] = "Get-Content", ["cat"] = "Get-Content",
        ["select"] = "Select-Object", ["sls"] = "Select-String", ["sort"] = "Sort-Object", ["ipmo"] = "Import-Module",
    };

    /// <summary>Older parameters whose names are how a newer one begins.</summary>
    private static readonly HashSet<string> s_older = Names("Skip");

    private static readonly HashSet<string> s_encodings = Names("ansi", "utf8BOM", "utf8NoBOM");

    public static IEnumerable<string> In(ScriptBlockAst script) =>
        script.FindAll(static node => node is CommandAst, true).Cast<CommandAst>().SelectMany(InCommand);

    private static IEnumerable<string> InCommand(CommandAst command)
    {
        if (command.GetCommandName() is not { } called)
            yield break;

        string name = s_aliases.GetValueOrDefault(called, called);
        string where = $"in line {command.Extent.StartLineNumber}";
        if (s_commands.Contains(name))
            yield return $"{name} {where}";
        if (name.Equals("Join-Path", StringComparison.OrdinalIgnoreCase) && Positional(command) > 2)
            yield return $"Join-Path with more than two parts {where}";

        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            if (s_parameters.TryGetValue(name, out HashSet<string>? newer) && newer.Any(known => Means(parameter, known)))
                yield return $"{name} {parameter.Extent.Text} {where}";
            if (Means(parameter, "Encoding") && ArgumentOf(command, parameter) is ConstantExpressionAst { Value: { } value }
                && (value is int || s_encodings.Contains($"{value}")))
            {
                yield return $"-Encoding {value} {where}";
            }
        }
    }

    /// <summary>Names may be cut short; very short ones could mean an older parameter.</summary>
    private static bool Means(CommandParameterAst parameter, string name) =>
        name.Equals(parameter.ParameterName, StringComparison.OrdinalIgnoreCase)
        || (parameter.ParameterName.Length > 3 && !s_older.Contains(parameter.ParameterName)
            && name.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));

    private static ExpressionAst? ArgumentOf(CommandAst command, CommandParameterAst parameter) =>
        parameter.Argument ?? command.CommandElements.ElementAtOrDefault(command.CommandElements.IndexOf(parameter) + 1) as ExpressionAst;

    private static int Positional(CommandAst command) => command.CommandElements.Skip(1)
        .Where(
            (element, i) => element is not CommandParameterAst && command.CommandElements[i] is not CommandParameterAst { Argument: null })
        .Count();

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
}
