namespace Nanonets.Benchmarks.Measuring;

/// <summary>What was measured against a goal.</summary>
/// <param name="What">What, with its numbers.</param>
/// <param name="Goal">The goal in words; empty for a figure that only informs.</param>
/// <param name="Measured">The figure, with its unit.</param>
/// <param name="IsMet">Whether the goal was met; null where there is none, or where it could not be measured.</param>
/// <param name="Note">Why not, or how to read it.</param>
internal sealed record Finding(string What, string Goal, string Measured, bool? IsMet = null, string Note = "")
{
    public string Verdict => IsMet switch { true => "met", false => "NOT met", null => "" };

    public string ToLine() => $"{What,-58} {Measured,-34} {Goal,-34} {Verdict}";
}
