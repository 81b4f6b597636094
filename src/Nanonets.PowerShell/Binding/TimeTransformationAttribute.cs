using System;
using System.Globalization;
using System.Management.Automation;

namespace Nanonets.Binding;

/// <summary>
/// Reads a moment: a DateTime, DateTimeOffset, DateOnly (its midnight) or text. Without an offset it is local. What lies so far out that
/// the time zone's offset would lead out of the calendar is the first or last moment there is: the engine's own conversion fails there, in
/// some time zones only.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            DateTime time => Of(time),
            string text => Read(text) ?? inputData,

            // Not known to this build's framework.
            IFormattable day when value.GetType().FullName == "System.DateOnly" => Read(day.ToString("O", CultureInfo.InvariantCulture)),
            _ => inputData,
        };
    }

    private static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment) ? moment
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? Of(time)
        : null;

    private static DateTimeOffset Of(DateTime time)
    {
        try
        {
            return new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            return time.Year == 1 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }
    }
}
