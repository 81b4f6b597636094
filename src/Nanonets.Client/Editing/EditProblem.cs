using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Editing;

/// <summary>Why an edit cannot be done.</summary>
/// <param name="Id">Stable id of the error.</param>
/// <param name="Message">What is wrong and how to say it better.</param>
internal sealed record EditProblem(NanonetsErrorId Id, string Message)
{
    public static EditProblem Ambiguous(string label, IReadOnlyList<PageValue> fields, bool countsPages)
    {
        string values = string.Join(", ", fields.Select((field, i) => countsPages
            ? $"{i + 1}: '{ValueText.Show(field.Text)}' on page {field.Page + 1}"
            : $"{i + 1}: '{ValueText.Show(field.Text)}'"));
        return new(NanonetsErrorId.LabelAmbiguous, $"'{label}' occurs {fields.Count} times ({values}).");
    }

    public static EditProblem RowsDisagree(string label, IEnumerable<string> texts) => new(
        NanonetsErrorId.RowsDisagree, $"The rows of the document give '{label}' different new texts: "
            + $"{string.Join(", ", texts.Select(static text => $"'{ValueText.Show(text)}'"))}.");

    public static EditProblem OtherLine(int line) => new(
        NanonetsErrorId.CellNotFound,
        $"Line {line} of the tables is not the one that the row was made from. Make the rows again from all pages of the document.");

    public static EditProblem NoTable(int table, int count) => new(
        NanonetsErrorId.CellNotFound,
        count == 0 ? "There is no table." : $"There is no table {table}. The tables are numbered from 1 to {count}.");

    public static EditProblem NoCell(int table, int row, string column, int matches) => new(
        NanonetsErrorId.CellNotFound,
        matches == 0
            ? $"Table {table} has no cell in row {row}, column '{column}'."
            : $"Table {table} has {matches} cells in row {row} under '{column}'. Use the number of the column.");

    public static EditProblem NothingToAddTo(string label) => new(
        NanonetsErrorId.PageWithoutValues,
        $"'{label}' cannot be added, because the page has no values and the service identifies pages by their values.");
}
