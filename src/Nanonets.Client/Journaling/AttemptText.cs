using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nanonets.Journaling;

/// <summary>
/// The attempts of an entry as text: a line for each, its fields separated by tabs (number, tag, start, end, outcome; times in ticks).
/// There are seldom more than two, and they are always read together.
/// </summary>
internal static class AttemptText
{
    private static readonly char[] s_separators = ['\t', '\n', '\r'];

    public static string Write(IReadOnlyList<UploadAttempt> attempts) => string.Join("\n", attempts.Select(Write));

    public static IReadOnlyList<UploadAttempt> Read(string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n').Select(ReadLine)];

    private static string Write(UploadAttempt attempt)
    {
        if (attempt.Tag is { } tag && tag.IndexOfAny(s_separators) >= 0)
            throw new ArgumentException("A tag is one word.", nameof(attempt));

        return string.Join("\t",
            Number(attempt.Number), attempt.Tag ?? string.Empty, Number(attempt.StartedAt.UtcTicks),
            attempt.EndedAt is { } ended ? Number(ended.UtcTicks) : string.Empty, Number((int)attempt.Outcome));
    }

    private static UploadAttempt ReadLine(string line)
    {
        string[] fields = line.Split('\t');
        return new UploadAttempt(
            (int)Number(fields[0]), fields[1].Length == 0 ? null : fields[1], Time(fields[2]),
            fields[3].Length == 0 ? null : Time(fields[3]), (AttemptOutcome)Number(fields[4]));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string ticks) => new(Number(ticks), TimeSpan.Zero);
}
