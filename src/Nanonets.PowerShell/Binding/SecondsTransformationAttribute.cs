using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;

namespace Nanonets.Binding;

/// <summary>
/// Reads a span of time: seconds as a number or text, or a TimeSpan. On a bare TimeSpan parameter <c>30</c> would mean three microseconds
/// and <c>'30'</c> thirty days. Negative spans, and what is no number of seconds, are refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>No setting means more, and moments can be computed with it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>
    /// Whether -1 and InfiniteTimeSpan are taken and mean for ever, as they do for PowerShell's own waiting commands. They become the
    /// longest span there is.
    /// </summary>
    public bool OrForEver { get; set; }

    /// <summary>Whether the parameter is a number of seconds, not a TimeSpan.</summary>
    public bool AsNumber { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan span;
        try
        {
            span = Read(value);
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(
                $"'{value}' is not a time: use a number of seconds, or a time span such as '00:05:00'.", unreadable);
        }

        if (OrForEver && span == Timeout.InfiniteTimeSpan)
            span = TimeSpan.MaxValue;
        if (span < TimeSpan.Zero)
            throw new ArgumentTransformationMetadataException(
                $"'{value}' is negative.{(OrForEver ? " Only -1 is allowed, which waits for ever." : string.Empty)}");
        if (!OrForEver && span > s_longest)
            throw new ArgumentTransformationMetadataException($"'{value}' is longer than a year.");
        return AsNumber ? span.TotalSeconds : span;
    }

    private static TimeSpan Read(object? value) => value switch
    {
        TimeSpan span => span,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => Seconds(seconds),
        string text => TimeSpan.Parse(text, CultureInfo.InvariantCulture),

        // An enum has the type code of its number.
        IConvertible number when value is not Enum && number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal =>
            Seconds(number.ToDouble(CultureInfo.InvariantCulture)),
        _ => throw new FormatException(),
    };

    private static TimeSpan Seconds(double seconds) => seconds == -1 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
}
