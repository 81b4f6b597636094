using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Results;
using Nanonets.Rows;

namespace Nanonets.Review;

/// <summary>An edited row: an object whose properties are named like labels.</summary>
internal sealed class EditRow
{
    /// <summary>What rows and page results say about a document; never values of it.</summary>
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(PageResult.RequestFileId), nameof(PageResult.SourcePath), nameof(PageResult.ModelId), nameof(PageResult.Id),
        ColumnNames.DuplicateOf, ColumnNames.Input,
        ColumnNames.RowType, ColumnNames.Table, ColumnNames.Line,
    };

    private EditRow(int? line, IReadOnlyList<KeyValuePair<string, string>> values) => (Line, Values) = (line, values);

    /// <summary>Which line of the document's tables the row is, from 1; null for a row of the document.</summary>
    public int? Line { get; }

    /// <summary>Column and text, in the order of the row.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>The row that was piped; null for a page result, an id, or nothing.</summary>
    public static EditRow? Of(PSObject? input)
    {
        if (input is null || input.BaseObject is string or PageResult || RevivedPage.Was(input))
            return null;

        return new EditRow(input.PartNumber(ColumnNames.Line), [.. input.Properties
            .Where(static property => property.MemberType == PSMemberTypes.NoteProperty && !s_reserved.Contains(property.Name))
            .Select(static property => new KeyValuePair<string, string>(property.Name, ReadProperty.TextOf(property)))]);
    }

    /// <summary>A value as text, the same in every culture.</summary>
    public static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value);
}
