using System;
using System.Globalization;
using System.IO;
using Nanonets.Downloading;

namespace Nanonets.Inbox;

/// <summary>The names that a document gets where it is filed: its own, or that with a number where it is taken.</summary>
/// <param name="Original">Full path of the original.</param>
/// <param name="Result">Full path of the JSON file beside it.</param>
internal sealed record FiledName(string Original, string Result)
{
    /// <summary>A name that is free. With a hundred thousand of the same name some twenty are looked at, not all.</summary>
    public static FiledName Free(string folder, string name)
    {
        int free = FirstFree(number => Of(folder, name, number).IsTaken);
        return Of(folder, name, free);
    }

    /// <summary>The name of the JSON file beside an original.</summary>
    public static string ResultOf(string original) => SafeName.Of(original, "document", "", ".json");

    private bool IsTaken => File.Exists(Original) || File.Exists(Result) || Directory.Exists(Original) || Directory.Exists(Result);

    private static FiledName Of(string folder, string name, int number)
    {
        string original = number == 1
            ? name
            : SafeName.Of(name, "document", string.Format(CultureInfo.InvariantCulture, " ({0})", number));
        return new FiledName(Path.Combine(folder, original), Path.Combine(folder, ResultOf(original)));
    }

    /// <summary>Numbers are given one after the other: twice as far each time, then between what was taken and what was free.</summary>
    private static int FirstFree(Func<int, bool> isTaken)
    {
        int taken = 0;
        int free = 1;
        while (isTaken(free))
            (taken, free) = (free, free * 2);
        while (free - taken > 1)
        {
            int middle = taken + ((free - taken) / 2);
            if (isTaken(middle))
                taken = middle;
            else
                free = middle;
        }

        return free;
    }
}
