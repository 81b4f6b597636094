using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Errors;
using Nanonets.Review;
using Nanonets.Rows;

namespace Nanonets.Commands;

/// <summary>
/// <para>Turns page results into flat rows for CSV files, spreadsheets and databases.</para>
/// <para>Writes one row for each document, whatever its number of pages. With -As Table it writes one row for each line of the document's
/// tables, with the fields repeated; a document without a table still gives one row. The first column is Input, the file name; then come
/// the values. The last columns, SourcePath, RequestFileId and DuplicateOf, are not shown by default but are exported; Format-List * shows
/// them. Rows of tables have Table and Line, counted from 1 in the document, then the columns of the table, then the fields. A table that
/// continues on the next page is one table. A cell that spans several rows or columns counts in the first.</para>
/// <para>Without -Label every row has the columns of all documents, so that Export-Csv writes all of them; the rows are therefore written
/// at the end. With -Label the columns are fixed, and each row is written as soon as its document is complete. In a listing
/// (Get-NanonetsResult -After) the number of pages is not known, so the rows are written at the end. Table columns without a label are
/// named by position (Column3). If a name is taken, _2 is appended.</para>
/// <para>Values stay as they were read, unless -Culture is given.</para>
/// </summary>
/// <example>
/// <code>Get-ChildItem *.pdf | Send-NanonetsDocument | Get-NanonetsResult -Wait | ConvertTo-NanonetsRow | Export-Csv invoices.csv</code>
/// <para>One line for each document, with all fields that were found.</para>
/// </example>
/// <example>
/// <code>Get-NanonetsResult -After (Get-Date).AddDays(-7) | ConvertTo-NanonetsRow -As Table -SpreadsheetSafe | Export-Csv lines.csv</code>
/// <para>One line for each line item of the last week; what begins like a formula is guarded.</para>
/// </example>
/// <example>
/// <code>$columns = [ordered]@{ invoice_number = 'Number'; invoice_date = 'Date'; total_amount = 'Total' }
/// $pages | ConvertTo-NanonetsRow -Label $columns -Culture de-DE</code>
/// <para>Always the same columns under names of your own, with amounts and dates as values. What is not a German number or date stays
/// text.</para>
/// </example>
/// <example>
/// <code>$rows = $pages | ConvertTo-NanonetsRow -As Fields, Table
/// $rows | Where-Object RowType -eq Fields | Export-Csv headers.csv
/// $rows | Where-Object RowType -eq Table | Export-Csv lines.csv</code>
/// <para>Header rows and line rows for two database tables, tied by RequestFileId.</para>
/// </example>
/// <returns>A row: a property for each column, empty where the document has no value.</returns>
/// <exception cref="ErrorTable.DuplicateColumn"/>
/// <exception cref="ErrorTable.RowIncomplete"/>
[Cmdlet(VerbsData.ConvertTo, "NanonetsRow")]
[OutputType(typeof(PSCustomObject))]
public sealed class ConvertToNanonetsRowCommand : PSCmdlet
{
    private readonly Dictionary<RowKind, PSMemberSet> _views = [];
    private RowConverter? _rows;

    /// <summary>
    /// Page results, as Get-NanonetsResult and Send-NanonetsDocument write them, also those that come back from a job, a remote session or
    /// Import-Clixml.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [PageResultTransformation]
    public PageResult[] InputObject { get; set; } = [];

    /// <summary>
    /// Fields gives a row for each document (the default), Table a row for each line of its tables. Both together give header rows and
    /// line rows, with RowType to tell them apart and RequestFileId to join them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public RowKind[] As { get; set; } = [RowKind.Fields];

    /// <summary>
    /// The columns besides the fixed ones: labels of fields and of table columns, in this order. A hashtable renames them (label =
    /// column); use [ordered] to keep the order. If a label is both a field and a table column, the field is used; write field.total
    /// and table.total to have both. Missing values are empty.
    /// </summary>
    [Parameter]
    [LabelTransformation]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public OrderedDictionary? Label { get; set; }

    /// <summary>Which value to use when a document has a label more than once. Default: Best, the one with the highest score.</summary>
    [Parameter]
    public RepeatedLabel Repeated { get; set; } = RepeatedLabel.Best;

    /// <summary>
    /// Converts numbers and dates that are written as in this culture, such as de-DE, to decimal and DateTime. Values that could mean
    /// something else stay text: wrong groups of digits, years of two digits, numbers with leading zeros or more than 15 digits, and
    /// dates that would be centuries away in the calendar of the culture. ISO dates (2025-03-17) are always converted. The name must
    /// include the country: de-DE, not de. Default: nothing is converted.
    /// </summary>
    [Parameter]
    [CultureTransformation]
    [ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <summary>
    /// Puts an apostrophe before texts that a spreadsheet would take for a formula: those that begin with = + - @, even after blanks or
    /// in full-width characters, or with a control character such as a tab. A number with a sign, such as -12.50, stays as it is.
    /// Update-NanonetsResult takes such rows; for other programs the apostrophe is part of the text.
    /// </summary>
    [Parameter]
    public SwitchParameter SpreadsheetSafe { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _rows = new RowConverter(
            new RowOptions
            {
                Kinds = As,
                Labels = Label is null ? null : RowLabels.Of(Label, ThrowTerminatingError),
                Repeated = Repeated,
                Culture = Culture,
                SpreadsheetSafe = SpreadsheetSafe,
            },
            page => WriteError(ErrorTable.RowIncomplete(page)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PageResult page in InputObject)
            Write(_rows!.Add(page));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Write(_rows!.Complete());
        if (_rows.UnreadDocuments > 0)
            WriteWarning(
                $"{_rows.UnreadDocuments} of the documents are pending or could not be read in full. Values are missing in their rows.");
    }

    private void Write(IEnumerable<Row> rows)
    {
        foreach (Row row in rows)
        {
            var item = new PSObject();
            foreach (RowColumn column in row.Columns)
                item.Properties.Add(new ReadProperty(column.Key, column.Value, column.Text), preValidated: true);
            item.Members.Add(View(row), preValidated: true);
            WriteObject(item);
        }
    }

    /// <summary>What is shown of rows: the document and its values. All rows of a kind have the same columns.</summary>
    private PSMemberSet View(Row row)
    {
        if (!_views.TryGetValue(row.Kind, out PSMemberSet? view))
        {
            IEnumerable<string> shown = row.Columns.Select(static column => column.Key).Except(ColumnNames.Last);
            _views[row.Kind] = view = new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", shown)]);
        }

        return view;
    }
}
