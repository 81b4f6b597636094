using System;
using System.ComponentModel;
using System.Globalization;

namespace Nanonets.Display;

/// <summary>Layout of the journal's views, called from the format file. Not for scripts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JournalFormat
{
    /// <summary>A time as it is here, to the minute.</summary>
    /// <param name="time">Any time.</param>
    /// <returns>For example <c>2025-03-17 13:00</c>.</returns>
    public static string Local(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A month.</summary>
    /// <param name="month">Any time in it.</param>
    /// <returns>For example <c>2025-03</c>.</returns>
    public static string Month(DateTimeOffset month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
