using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace Nanonets.Shell.Commands;

/// <summary>Reads the rows of a CSV file as objects, with a property of text for each column.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
[OutputType(typeof(PSObject))]
public sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        using var file = new StreamReader(GetUnresolvedProviderPathFromPSPath(Path));
        if (ReadRow(file) is not { } columns)
            return;
        while (ReadRow(file) is { } values)
        {
            var row = new PSObject();
            for (int i = 0; i < columns.Count; i++)
                row.Properties.Add(new PSNoteProperty(columns[i], i < values.Count ? values[i] : null));
            WriteObject(row);
        }
    }

    /// <summary>A row; null at the end. Within quotes a comma and the end of a line are text, and two quotes are one.</summary>
    private static List<string>? ReadRow(TextReader file)
    {
        if (file.Peek() < 0)
            return null;
        var values = new List<string>();
        var value = new StringBuilder();
        bool quoted = false;
        for (int next = file.Read(); next >= 0; next = file.Read())
        {
            char character = (char)next;
            if (character == '"' && quoted && file.Peek() == '"')
                value.Append((char)file.Read());
            else if (character == '"')
                quoted = !quoted;
            else if (character == ',' && !quoted)
                Take();
            else if (character == '\n' && !quoted)
                break;
            else if (character != '\r' || quoted)
                value.Append(character);
        }

        Take();
        return values;

        void Take()
        {
            values.Add(value.ToString());
            value.Clear();
        }
    }
}
