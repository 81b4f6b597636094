using System.Linq;

namespace Nanonets.Rows;

/// <summary>What the values of a page take in memory, about.</summary>
internal static class ValueSize
{
    /// <summary>What a page and a value take without their texts.</summary>
    private const int PageBytes = 500;
    private const int ValueBytes = 250;

    /// <summary>Bytes.</summary>
    public static long Of(Prediction[] values) => PageBytes + values.Sum(
        static value => ValueBytes + Bytes(value.Text) + value.Cells.Sum(static cell => ValueBytes + Bytes(cell.Text)));

    private static long Bytes(string? text) => 2L * (text?.Length ?? 0);
}
