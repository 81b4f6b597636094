using System.Globalization;

namespace Nanonets.Display;

/// <summary>Sizes as people read them, in steps of 1,024.</summary>
internal static class FileSize
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB"];

    public static string Format(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < s_units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Format(CultureInfo.CurrentCulture, unit == 0 ? "{0:0} {1}" : "{0:0.0} {1}", value, s_units[unit]);
    }
}
