using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using Nanonets.Documents;
using Nanonets.Async;
using Nanonets.Binding;
using Nanonets.Errors;
using Nanonets.Json;
using Nanonets.Uploading;

namespace Nanonets.Commands;

/// <summary>
/// <para>Turns what Nanonets posts to a webhook into page results.</para>
/// <para>Takes the body as text, whole or line by line, as a file, or as an object that was already parsed (a hashtable or custom object).
/// It reads all known forms: files with pages, a list of pages, one page, and the callback of a validation link. The input may hold several
/// bodies.</para>
/// <para>The service does not sign its webhooks, so anyone who knows the address can post to it. Fetch the file with Get-NanonetsResult
/// before you rely on its values. This cmdlet requests nothing from the service.</para>
/// </summary>
/// <example>
/// <code>Get-Content body.json | ConvertFrom-NanonetsWebhook</code>
/// <para>Reads a body from a file, line by line.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem inbox/*.json | ConvertFrom-NanonetsWebhook | ConvertTo-NanonetsRow | Export-Csv received.csv</code>
/// <para>Turns all bodies that were put aside into a CSV file.</para>
/// </example>
/// <example>
/// <code>$Request.Body | ConvertFrom-NanonetsWebhook | Get-NanonetsResult</code>
/// <para>In a function that a web server runs: passes finished pages on and asks for those that are pending.</para>
/// </example>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.WebhookInvalid"/>
[Cmdlet(VerbsData.ConvertFrom, "NanonetsWebhook", DefaultParameterSetName = InputSet)]
[OutputType(typeof(PageResult))]
public sealed class ConvertFromNanonetsWebhookCommand : AsyncCmdlet
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";

    private readonly JsonTexts _lines = new();
    private DocumentPathResolver? _paths;

    /// <summary>The body: text or lines of text, its bytes in UTF-8, a file, or the object that its JSON was parsed to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files with a body each; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [PathTransformation]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() => _paths = new DocumentPathResolver(this, Writer);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            foreach (FileInfo file in _paths!.Resolve(path, wildcards: true))
                ReadFile(file);
        }

        switch (InputObject?.BaseObject)
        {
            case null:
                break;
            case string text:
                ReadText(_lines, text, null);
                break;
            case byte[] bytes:
                ReadText(_lines, Encoding.UTF8.GetString(bytes), null);
                break;
            case FileInfo file:
                ReadFile(file);
                break;
            default:
                Read(ObjectJson.ToBytes(InputObject), null);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Complete(_lines, null);

    private void ReadFile(FileInfo file)
    {
        string text;
        if (SpecialFile.Kind(file.FullName) is { } kind)
        {
            WriteError(ErrorTable.SourceUnavailable(file.FullName, new IOException($"It is {kind}, not a file."), file));
            return;
        }

        try
        {
            text = File.ReadAllText(file.FullName);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            WriteError(file.Exists
                ? ErrorTable.WebhookInvalid(unreadable.Message, file)
                : ErrorTable.FileMissing(file.FullName, file.FullName));
            return;
        }

        var texts = new JsonTexts();
        ReadText(texts, text, file);
        Complete(texts, file);
    }

    private void ReadText(JsonTexts texts, string text, object? target)
    {
        IReadOnlyList<byte[]> complete;
        try
        {
            complete = texts.Add(text);
        }
        catch (InvalidDataException broken)
        {
            WriteError(ErrorTable.WebhookInvalid(broken.Message, target));
            return;
        }

        foreach (byte[] body in complete)
            Read(body, target);
    }

    private void Complete(JsonTexts texts, object? target)
    {
        if (texts.IsIncomplete)
            WriteError(ErrorTable.WebhookInvalid("it ends early.", target));
    }

    private void Read(byte[] body, object? target)
    {
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(body);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            WriteError(ErrorTable.WebhookInvalid("it is not JSON.", target));
            return;
        }

        bool any = false;
        foreach (PageResult page in AnswerReader.Webhook(root))
        {
            any = true;
            WriteObject(page);
        }

        if (!any)
            WriteError(ErrorTable.WebhookInvalid("it has no page.", target));
    }
}
