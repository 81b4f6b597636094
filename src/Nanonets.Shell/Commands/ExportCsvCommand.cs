using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace Nanonets.Shell.Commands;

/// <summary>Writes objects as rows of a CSV file; the first object's properties are its columns.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    private StreamWriter? _file;
    private string[]? _columns;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The file. What is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    /// <summary>Of no effect: no type line is ever written. Scripts for Windows PowerShell give it.</summary>
    [Parameter]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <summary>Separates values by the list separator of the culture, such as a semicolon, instead of a comma.</summary>
    [Parameter]
    public SwitchParameter UseCulture { get; set; }

    /// <summary>How characters are written: UTF8 (without a mark at the beginning; the default) or utf8BOM.</summary>
    [Parameter]
    [ValidateSet("UTF8", "utf8BOM")]
    public string Encoding { get; set; } = "UTF8";

    /// <inheritdoc/>
    protected override void BeginProcessing() => _file = new StreamWriter(
        GetUnresolvedProviderPathFromPSPath(Path), append: false, new UTF8Encoding(Encoding.Equals("utf8BOM", StringComparison.OrdinalIgnoreCase)));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_columns is null)
        {
            _columns = [.. InputObject.Properties.Select(static property => property.Name)];
            Write(_columns);
        }

        Write(_columns.Select(column => InputObject.Properties[column]?.Value));
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write(IEnumerable<object?> values) => _file!.WriteLine(string.Join(UseCulture ? CultureInfo.CurrentCulture.TextInfo.ListSeparator : ",", values.Select(static value => value is null ? string.Empty : Quoted(value))));

    private static string Quoted(object value) => $"\"{LanguagePrimitives.ConvertTo<string>(value).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
