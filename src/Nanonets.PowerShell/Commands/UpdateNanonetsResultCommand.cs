using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Editing;
using Nanonets.Errors;
using Nanonets.Results;
using Nanonets.Review;

namespace Nanonets.Commands;

/// <summary>
/// <para>Corrects values of documents.</para>
/// <para>Takes the new values from -Field and -Cell, or from rows: objects with a RequestFileId whose other properties are named like
/// labels, such as the rows of ConvertTo-NanonetsRow after you edited them in a CSV file. Edit the file as text: a spreadsheet may change
/// numbers, dates and leading zeros, and each change counts as a correction. The cmdlet fetches the current values first, and sends
/// only pages on which something differs. All other values are kept. -WhatIf and -Confirm show each change with the old and the new text.
/// Until the file is approved (Approve-NanonetsDocument), results show the old values.</para>
/// <para>With page results it corrects the pages that are piped in; with ids and rows it looks on all pages of the file. A label that the
/// document does not have is added if the model knows it, without a place on the page. If a label occurs several times, the cmdlet does not
/// guess which one you mean: the error is LabelAmbiguous. Pass a list as the value of -Field then, with one text for each. In rows, an
/// empty cell leaves the value unchanged; RequestFileId, SourcePath and the like, and columns that are not labels of the model, are
/// ignored; and a cell that still has the text of the model does not overwrite a person's correction. Make rows for a CSV file without
/// -Culture: otherwise every converted value would count as a correction, as -WhatIf shows.</para>
/// <para>If a file cannot be corrected, that is one error, and none of its corrections is sent unless the message says so. You can safely
/// run the command again: it sends only what still differs.</para>
/// </summary>
/// <endpoint>PATCH Inferences/Model/{model_id}/ImageLevelInference</endpoint>
/// <endpoint>GET Inferences/Model/{model_id}/InferenceRequestFiles/GetPredictions/{request_file_id}</endpoint>
/// <endpoint>GET OCR/Model/{model_id}</endpoint>
/// <example>
/// <code>Get-NanonetsResult -RequestFileId $id | Update-NanonetsResult -Field @{ total_amount = '12.00' } -WhatIf</code>
/// <para>Shows the change, such as total_amount: 110.00 → 12.00, and sends nothing.</para>
/// </example>
/// <example>
/// <code>$pages | ConvertTo-NanonetsRow | Export-Csv check.csv -NoTypeInformation -Encoding UTF8
/// # … edit check.csv as text …
/// Import-Csv check.csv -Encoding UTF8 | Update-NanonetsResult -WhatIf    # read every change that it shows
/// Import-Csv check.csv -Encoding UTF8 | Update-NanonetsResult -PassThru | Approve-NanonetsDocument</code>
/// <para>Corrects values in a CSV file, and approves what was corrected or needed no correction. What could not be corrected is an error
/// and is not approved.</para>
/// </example>
/// <example>
/// <code>Update-NanonetsResult -RequestFileId $id -Field @{ tax_amount = '19.00', $null, '7.00' }</code>
/// <para>Gives the first and the third value of a label that repeats another text.</para>
/// </example>
/// <example>
/// <code>$page | Update-NanonetsResult -Cell @{ Row = 2; Column = 'Amount'; Text = '5.00' }</code>
/// <para>Corrects a cell of the first table on a page.</para>
/// </example>
/// <exception cref="NanonetsErrorId.DocumentPending"/>
/// <exception cref="NanonetsErrorId.LabelNotFound"/>
/// <exception cref="NanonetsErrorId.LabelAmbiguous"/>
/// <exception cref="NanonetsErrorId.RowsDisagree"/>
/// <exception cref="NanonetsErrorId.CellNotFound"/>
/// <exception cref="NanonetsErrorId.PageWithoutValues"/>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
/// <exception cref="ErrorTable.NothingToChange"/>
[Cmdlet(VerbsData.Update, "NanonetsResult", DefaultParameterSetName = PipelineSet, SupportsShouldProcess = true)]
[OutputType(typeof(PageResult))]
public sealed class UpdateNanonetsResultCommand : StoredFileCmdlet
{
    private readonly Dictionary<(string Model, string File), Task> _latest = [];
    private EditGroup? _group;
    private EditSending? _sending;

    /// <summary>
    /// New texts by label, as a hashtable. If a label occurs several times, a list gives each value its text, in page order; $null
    /// leaves a value unchanged. An empty text empties the value.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public IDictionary? Field { get; set; }

    /// <summary>
    /// New texts of table cells: hashtables or objects with Row (from 1), Column (the header, or its number from 1), Text, and, where there
    /// are several tables, Table (from 1).
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [CellCorrectionTransformation]
    public CellCorrection[]? Cell { get; set; }

    /// <summary>An empty cell of a row empties the value. Without it, an empty cell leaves the value unchanged.</summary>
    [Parameter]
    public SwitchParameter ClearEmpty { get; set; }

    /// <summary>
    /// Fetches each file after it is corrected and writes its pages. They show the old values until the file is approved; Raw has the new
    /// ones, as moderated_boxes. Pages of files that needed no correction are written too, those of files that could not be corrected are
    /// not. Without it nothing is written.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _sending = new EditSending(Session.Client, Requests);
    }

    private protected override void Take(ResultFile file, PSObject? input)
    {
        EditRow? row = Field is null && Cell is null ? EditRow.Of(input) : null;
        if (Field is null && Cell is null && row is null)
        {
            WriteError(ErrorTable.NothingToChange(file.Target(null)));
            return;
        }

        if (_group is { } group && !group.Suits(file))
            Flush();
        _group ??= new EditGroup(file);
        _group.Add(file, row, input);
    }

    private protected override void Flush()
    {
        if (_group is not { } group)
            return;

        _group = null;
        if (Run.Skips(group.File.ModelId, group.Target))
            return;

        // The whole list of values travels back: two edits of one file must not be under way at once.
        (string, string) key = (group.File.ModelId, group.File.RequestFileId);
        _latest.TryGetValue(key, out Task? before);
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _latest[key] = done.Task;
        Run.Start(group.File.ModelId, group.Target, async stop =>
        {
            try
            {
                if (before is not null)
                    await Task.WhenAny(before, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                return await EditAsync(group, stop).ConfigureAwait(false);
            }
            finally
            {
                done.SetResult(true);
            }
        });
    }

    private async Task<IReadOnlyList<PageResult>> EditAsync(EditGroup group, CancellationToken stop)
    {
        ResultFile file = group.File;
        FileResult current = await Session.Client.GetFileResultAsync(file.ModelId, file.RequestFileId, Requests, stop)
            .ConfigureAwait(false);
        if (file.Known.Count == 0 && current.Pages.Length > 0)
            file.Add(current.Pages[0]);
        var edit = new FileEdit(current.Pages, group.OnlyPages);
        if (current.Pages.Length == 0 || current.Pages.Any(static page => page.State == PageState.Pending))
            throw new NanonetsException(
                NanonetsErrorId.DocumentPending, $"{file.Title} has not been read yet, or is unknown, so there is nothing to correct.");

        Task<bool> IsKnownAsync(string label) => _sending!.IsLabelAsync(file.ModelId, label, stop);
        if (Field is not null)
            await group.ApplyAsync(edit, Field, IsKnownAsync).ConfigureAwait(false);
        foreach (CellCorrection cell in Cell ?? [])
            edit.SetCell(cell.Table, cell.Row, cell.Column, cell.Text);
        await group.ApplyRowsAsync(edit, ClearEmpty, IsKnownAsync).ConfigureAwait(false);
        if (edit.Problems.Count > 0)
            throw new NanonetsException(edit.Problems[0].Id,
                $"{file.Title} was not changed. {string.Join(" ", edit.Problems.Select(static problem => problem.Message))}");

        foreach (string label in edit.Kept)
        {
            Writer.Warn($"{label} of {file.Title} has been corrected since. "
                + "The row still has the value that the model read, so it is left unchanged. Use -Field to set it.");
        }

        PageEdit[] pages = [.. edit.Changed];
        if (pages.Length == 0)
            Writer.Verbose($"Nothing differs in {file.Title}.");
        else if (!await AskAsync(EditText.Of(file, current, pages)).ConfigureAwait(false))
            return [];

        await _sending!.SendAsync(file, pages, stop).ConfigureAwait(false);
        if (!PassThru)
            return [];
        return pages.Length == 0 ? file.WithOrigin(current) : await FetchAsync(file, stop).ConfigureAwait(false);
    }

    /// <summary>Asks on the pipeline thread, as -WhatIf and -Confirm have it.</summary>
    private async Task<bool> AskAsync(EditText text)
    {
        bool yes = false;
        await Pump.InvokeAsync(() => yes = ShouldProcess(text.Description, text.Question, text.Caption)).ConfigureAwait(false);
        return yes;
    }
}
