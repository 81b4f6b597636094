using System;
using System.Globalization;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Reads a plain number, or text that is one, as seconds. On a bare TimeSpan parameter <c>30</c> would mean three microseconds
/// and <c>'30'</c> thirty days.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                TimeSpan span => span,
                string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => TimeSpan.FromSeconds(seconds),
                string text => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
                IConvertible number => TimeSpan.FromSeconds(number.ToDouble(CultureInfo.InvariantCulture)),
                _ => throw new FormatException(),
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException($"'{value}' is no time span: give seconds as a number, or a span such as '00:05:00'.", unreadable);
        }
    }
}
