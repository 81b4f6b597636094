namespace Nanonets;

/// <summary>The new text of a table cell.</summary>
public sealed class CellCorrection
{
    internal CellCorrection(int table, int row, string column, string text) => (Table, Row, Column, Text) = (table, row, column, text);

    /// <summary>Which table, from 1 over the pages that are meant.</summary>
    public int Table { get; }

    /// <summary>Row, from 1 as the service counts.</summary>
    public int Row { get; }

    /// <summary>Header of the column, or its number from 1.</summary>
    public string Column { get; }

    /// <summary>The new text.</summary>
    public string Text { get; }
}
