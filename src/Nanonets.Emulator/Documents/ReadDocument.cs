using System.Collections.Generic;

namespace Nanonets.Emulator.Documents;

/// <summary>What was read from one uploaded file.</summary>
/// <param name="Kind">What the content is, whatever the file's name says.</param>
/// <param name="Pages">The pages in file order.</param>
public sealed record ReadDocument(DocumentKind Kind, IReadOnlyList<ReadPage> Pages);

/// <summary>The kinds of documents that can be read.</summary>
public enum DocumentKind
{
    /// <summary>Portable Document Format.</summary>
    Pdf,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG, as a JFIF or EXIF file.</summary>
    Jpeg,

    /// <summary>TIFF, with one page or many.</summary>
    Tiff,
}

/// <summary>One page; all measures are pixels of the page's picture, counted from its top left corner.</summary>
/// <param name="Width">The width of the picture.</param>
/// <param name="Height">The height of the picture.</param>
/// <param name="Words">The words of the text layer in reading order; empty for scans and pictures.</param>
/// <param name="Fields">The labelled values that the built-in invoice model is sure of.</param>
/// <param name="Tables">The line-item tables.</param>
public sealed record ReadPage(
    int Width, int Height, IReadOnlyList<ReadWord> Words, IReadOnlyList<ReadField> Fields, IReadOnlyList<ReadTable> Tables);

/// <summary>A word and the box around it.</summary>
/// <param name="Text">The word as the page writes it.</param>
/// <param name="XMin">Left edge.</param>
/// <param name="YMin">Top edge.</param>
/// <param name="XMax">Right edge.</param>
/// <param name="YMax">Bottom edge.</param>
public sealed record ReadWord(string Text, int XMin, int YMin, int XMax, int YMax);

/// <summary>A labelled value.</summary>
/// <param name="Label">The label of the built-in model, such as <c>invoice_number</c>.</param>
/// <param name="Text">The value as the page writes it.</param>
/// <param name="Score">How strong the rule is that found it, 0 to 1.</param>
/// <param name="XMin">Left edge.</param>
/// <param name="YMin">Top edge.</param>
/// <param name="XMax">Right edge.</param>
/// <param name="YMax">Bottom edge.</param>
public sealed record ReadField(string Label, string Text, double Score, int XMin, int YMin, int XMax, int YMax);

/// <summary>A table of line items; its heading row is not among the cells.</summary>
/// <param name="XMin">Left edge.</param>
/// <param name="YMin">Top edge.</param>
/// <param name="XMax">Right edge.</param>
/// <param name="YMax">Bottom edge.</param>
/// <param name="Score">The mean of the cells' scores.</param>
/// <param name="Cells">The filled cells, row by row.</param>
public sealed record ReadTable(int XMin, int YMin, int XMax, int YMax, double Score, IReadOnlyList<ReadCell> Cells);

/// <summary>A table cell.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Label">What the column holds, such as <c>quantity</c>; empty for a column the model does not know.</param>
/// <param name="Text">The text as the page writes it, lines separated by a line feed.</param>
/// <param name="Score">How strong the rule is that read the row, 0 to 1.</param>
/// <param name="XMin">Left edge.</param>
/// <param name="YMin">Top edge.</param>
/// <param name="XMax">Right edge.</param>
/// <param name="YMax">Bottom edge.</param>
public sealed record ReadCell(int Row, int Column, string Label, string Text, double Score, int XMin, int YMin, int XMax, int YMax);
