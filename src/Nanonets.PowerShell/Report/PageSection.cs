using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Report;

/// <summary>
/// Writes a page: its picture with a box over each value, and the values as lists. A box and its value in the list are links to each other,
/// <c>b1-2-3</c> and <c>v1-2-3</c>: document, page, value. Boxes are drawn in pixels of the picture, a little around where the
/// service puts them.
/// </summary>
/// <param name="position">Which of the pages of the document that are in the report, from 1.</param>
internal sealed class PageSection(HtmlWriter html, ReportDocument document, ReportPage page, int position)
{
    /// <summary>Pixels around the box: a line on the edge of a word would strike its foot.</summary>
    private const double Margin = 1.5;

    /// <summary>Links of the list that the Tab key stops at so far: the first; arrows lead to the others.</summary>
    private int _links;
    private int _written;

    /// <param name="picture">The picture; null where none is wanted.</param>
    public void Write(PagePicture? picture)
    {
        html.Open("section", ("class", "page"));
        html.Open("h3").Text($"Page {Invariant(page.Page.Page + 1)}");
        if (document.PageCount > 1)
            html.Text(" ").Element("small", $"of {Invariant(document.PageCount)}");
        html.Close("h3").Line();
        if (picture is not null)
            WriteSheet(picture);
        html.Open("div", ("class", "values"));
        WriteNote();
        WriteFields();
        foreach (ReportTable table in page.Tables)
            WriteTable(table);
        html.Close("div").Close("section").Line();
    }

    private void WriteNote()
    {
        if (page.Failure is { } failure)
            html.Element("p", failure, ("class", "note failed"), ("dir", "auto"));
        else if (page.Page.State == PageState.Pending)
            html.Element("p", "The service has not read this page yet.", ("class", "note"));
        else if (!page.Values.Any())
            html.Element("p", "No values were found on this page.", ("class", "note"));
    }

    private void WriteSheet(PagePicture picture)
    {
        PageSize? size = page.Page.Size is { Width: > 0, Height: > 0 } known ? known : null;
        html.Open("figure", ("class", "sheet" + (size is null ? " unsized" : string.Empty) + (page.HasBoxes ? " boxed" : string.Empty)));
        if (picture.Content is { } content)
            html.Open("template").Picture($"Page {Invariant(page.Page.Page + 1)} of {document.Name}", picture.ContentType, content)
                .Close("template");
        html.Element(picture.Missing is null ? "p" : "figcaption", picture.Missing ?? "This picture cannot be shown.");
        if (size is not null || (page.HasBoxes && picture.HasAllPixels))
            WriteBoxes(size);
        html.Close("figure").Line();
    }

    /// <summary>Without a size the picture's own is taken when it is there.</summary>
    private void WriteBoxes(PageSize? size)
    {
        html.Open("svg", ("viewBox", size is null ? null : $"0 0 {Invariant(size.Width)} {Invariant(size.Height)}"),
            ("role", page.HasBoxes ? "group" : null), ("aria-label", page.HasBoxes ? "Values on the picture" : null),
            ("aria-hidden", page.HasBoxes ? null : "true"));
        foreach (ReportTable table in page.Tables)
        {
            if (table.Box is { } around)
                WriteRectangle(around, "table");
        }

        int number = 0;
        bool isFirst = true;
        foreach (ReportValue value in page.Values)
        {
            number++;
            if (!value.HasPlace)
                continue;
            string? score = DocumentSection.Score(document.ScoreOf(value));
            html.Open("a", ("id", Id('b', number)), ("href", "#" + Id('v', number)), ("class", document.ClassOf(value)),
                ("tabindex", isFirst ? null : "-1"), ("data-label", value.ShownLabel), ("data-text", value.Text), ("data-score", score),
                ("aria-label", $"{value.ShownLabel}: {value.Text}{(score is null ? string.Empty : $", score {score}")}"));
            WriteRectangle(value.Box!, null);
            html.Close("a").Line();
            isFirst = false;
        }

        html.Close("svg");
    }

    private void WriteRectangle(BoundingBox box, string? name) => html.Open("rect", ("class", name), ("x", Invariant(box.XMin - Margin)),
        ("y", Invariant(box.YMin - Margin)), ("width", Invariant((double)box.XMax - box.XMin + (2 * Margin))),
        ("height", Invariant((double)box.YMax - box.YMin + (2 * Margin)))).Close("rect");

    private void WriteFields()
    {
        if (page.Fields.Length == 0)
            return;

        html.Open("table").Open("thead").Open("tr");
        html.Element("th", "Label", ("scope", "col")).Element("th", "Value", ("scope", "col"))
            .Element("th", "Score", ("scope", "col"), ("class", "score"));
        html.Close("tr").Close("thead").Open("tbody").Line();
        foreach (ReportValue value in page.Fields)
        {
            int number = ++_written;
            html.Open("tr", ("class", document.ClassOf(value)), ("data-label", value.ShownLabel));
            html.Open("th", ("scope", "row"), ("dir", "auto"));
            WriteLink(value, number, value.ShownLabel);
            html.Close("th").Open("td", ("dir", "auto"));
            WriteText(value);
            html.Close("td").Open("td", ("class", "score"));
            if (document.ScoreOf(value) is { } score)
                html.Element("span", DocumentSection.Score(score));
            html.Close("td").Close("tr").Line();
        }

        html.Close("tbody").Close("table").Line();
    }

    private void WriteTable(ReportTable table)
    {
        html.Open("div", ("class", "items"), ("tabindex", "0"), ("role", "group"), ("aria-label", table.Title));
        html.Open("table").Element("caption", table.Title).Open("thead").Open("tr");
        foreach (string column in table.Columns)
            html.Element("th", column, ("scope", "col"), ("dir", "auto"));
        html.Close("tr").Close("thead").Open("tbody").Line();
        foreach (List<ReportValue>[] row in table.Rows)
        {
            html.Open("tr");
            foreach (List<ReportValue> cells in row)
            {
                html.Open("td", ("dir", "auto"));
                foreach (ReportValue cell in cells)
                    WriteCell(cell, ++_written);
                html.Close("td");
            }

            html.Close("tr").Line();
        }

        html.Close("tbody").Close("table").Close("div").Line();
    }

    private void WriteCell(ReportValue cell, int number)
    {
        string name = document.ClassOf(cell) ?? string.Empty;
        html.Open("span", ("class", $"cell {name}"), ("data-label", cell.ShownLabel));
        if (string.IsNullOrWhiteSpace(cell.Text))
            WriteText(cell);
        else
            WriteLink(cell, number, null);
        if (name == "low" && DocumentSection.Score(document.ScoreOf(cell)) is { } score)
            html.Text(" ").Element("small", score);
        html.Close("span");
    }

    /// <summary>The value's own name in the list; it leads to its box, where there is one.</summary>
    /// <param name="text">What the link says; null for the value itself.</param>
    private void WriteLink(ReportValue value, int number, string? text)
    {
        if (value.HasPlace)
            html.Open("a", ("id", Id('v', number)), ("href", "#" + Id('b', number)), ("tabindex", _links++ == 0 ? null : "-1"));
        if (text is null)
            WriteText(value);
        else
            html.Text(text);
        if (value.HasPlace)
            html.Close("a");
    }

    private void WriteText(ReportValue value)
    {
        if (value.Before is { } before)
            html.Element("del", before, ("title", "What the model had read")).Text(" ");
        if (value.IsCorrected && value.Text is { } corrected)
            html.Element("ins", corrected, ("title", "Corrected by a person"));
        else
            html.Text(value.Text);
        if (value.Problem is { } problem)
            html.Text(" ").Element("small", problem, ("class", "problem"));
    }

    private string Id(char kind, int number) =>
        string.Format(CultureInfo.InvariantCulture, "{0}{1}-{2}-{3}", kind, document.Number, position, number);

    private static string Invariant(double number) => number.ToString(CultureInfo.InvariantCulture);
}
