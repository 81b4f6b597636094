using System;
using System.Linq;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>Takes corrections of table cells as hashtables or objects with Row, Column, Text and perhaps Table.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CellCorrectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Parts.Of(inputData).Select(Read).ToArray();

    private static CellCorrection Read(PSObject given)
    {
        if (given.BaseObject is CellCorrection known)
            return known;

        return new CellCorrection(
            given.Part("Table") is null ? 1 : Number(given, "Table"), Number(given, "Row"),
            given.PartText("Column") ?? throw Missing("Column"), given.PartText("Text") ?? throw Missing("Text"));
    }

    private static int Number(PSObject given, string part) => given.PartNumber(part) is > 0 and int number
        ? number
        : throw new ArgumentTransformationMetadataException($"{part} of a cell is a number from 1, not '{given.Part(part)}'.");

    private static ArgumentTransformationMetadataException Missing(string part) =>
        new($"A cell needs {part}. An example is -Cell @{{ Row = 2; Column = 'Amount'; Text = '5.00' }}.");
}
