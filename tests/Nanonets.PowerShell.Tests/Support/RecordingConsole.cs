using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>
/// A console of 100 columns that keeps what it is given, as plain text, and answers questions from a queue. An unexpected question fails.
/// </summary>
public sealed class RecordingConsole : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    /// <summary>What is answered to questions, one after the other: the key of a choice, or text.</summary>
    public Queue<string> Answers { get; } = new();

    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>All that was written, errors and warnings included.</summary>
    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public override PSHostRawUserInterface RawUI { get; } = new RecordingScreen();

    public override void Write(string value)
    {
        lock (_text)
            _text.Append(new StringDecorated(value).ToString(OutputRendering.PlainText));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_text)
            Progress.Add(record);
    }

    public override string ReadLine() =>
        Answers.TryDequeue(out string? answer)
            ? answer
            : throw new PSInvalidOperationException("Nobody can answer here: the test has given no answer.");

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char character in ReadLine())
            secret.AppendChar(character);
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteLine($"{caption}\n{message}");
        return descriptions.ToDictionary(
            static field => field.Name,
            field => PSObject.AsPSObject(field.ParameterTypeName == nameof(SecureString) ? ReadLineAsSecureString() : ReadLine()));
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteLine($"{caption}\n{message}");
        string answer = ReadLine();
        return choices.IndexOf(choices.Single(choice => choice.Label.Contains("&" + answer, StringComparison.OrdinalIgnoreCase)));
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new NotSupportedException();
}
