using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Nanonets.Shell.Hosting;

/// <summary>Writes the streams and asks questions.</summary>
internal sealed class ShellHostUI(IShellConsole console) : PSHostUserInterface
{
    private const string Suspend = "&Suspend";
    private const string Reset = "\u001b[0m";
    private const string Yellow = "\u001b[33;1m";
    private const string Red = "\u001b[31;1m";

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUI(console);

    public override bool SupportsVirtualTerminal => console.IsTerminal;

    public override void Write(string value) => console.Write(ShellChannel.Output, Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        console.Write(ShellChannel.Output, console.IsTerminal ? AnsiColor.Of(foregroundColor) + value + Reset : Plain(value));

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => console.Write(ShellChannel.Error, Coloured(Red, value));

    public override void WriteWarningLine(string message) => console.Write(ShellChannel.Warning, Coloured(Yellow, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => console.Write(ShellChannel.Verbose, Coloured(Yellow, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => console.Write(ShellChannel.Debug, Coloured(Yellow, "DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record) => console.WriteProgress(record);

    public override string ReadLine() => Read(false);

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char character in Read(true))
            secret.AppendChar(character);
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Show(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            Write($"{field.Name}: ");
            answers[field.Name] = field.ParameterTypeName == nameof(SecureString) ? PSObject.AsPSObject(ReadLineAsSecureString()) : PSObject.AsPSObject(Read(false));
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Show(caption, message);
        // The engine always offers to suspend into a nested prompt, which this shell does not have.
        Write(string.Join("  ", choices.Where(static choice => choice.Label != Suspend).Select(static choice => $"[{Key(choice)}] {choice.Label.Replace("&", string.Empty, StringComparison.Ordinal)}")));
        Write(defaultChoice >= 0 ? string.Format(CultureInfo.CurrentCulture, " (default is \"{0}\"): ", Key(choices[defaultChoice])) : ": ");
        while (true)
        {
            string answer = Read(false).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label != Suspend && (string.Equals(answer, Key(choices[i]), StringComparison.OrdinalIgnoreCase)
                    || string.Equals(answer, choices[i].Label.Replace("&", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)))
                    return i;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        Show(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = Read(false);
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Key(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : choice.Label;
    }

    private void Show(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            WriteLine(caption);
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }

    private string Read(bool hidden) =>
        (console.CanRead ? console.ReadLine(hidden) : null)
        ?? throw new PSInvalidOperationException("Nobody can answer here: there is no more input. Give the missing value as a parameter, or -Confirm:$false.");

    private string Coloured(string colour, string text) => (console.IsTerminal ? colour + text + Reset : Plain(text)) + "\n";

    /// <summary>Formatted text comes with escape sequences; outside a terminal they are noise.</summary>
    private string Plain(string text) => console.IsTerminal ? text : new System.Management.Automation.Internal.StringDecorated(text).ToString(OutputRendering.PlainText);
}

/// <summary>Console colours as escape sequences.</summary>
internal static class AnsiColor
{
    /// <summary>Console colours are numbered blue-green-red, escape sequences red-green-blue.</summary>
    private static readonly int[] s_order = [0, 4, 2, 6, 1, 5, 3, 7];

    public static string Of(ConsoleColor colour)
    {
        int value = (int)colour;
        return string.Create(CultureInfo.InvariantCulture, $"\u001b[{(value >= 8 ? 90 : 30) + s_order[value % 8]}m");
    }
}
