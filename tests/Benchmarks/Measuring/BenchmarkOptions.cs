namespace Nanonets.Benchmarks.Measuring;

/// <summary>How much is measured.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Repetitions; medians are reported.</summary>
    public int Rounds { get; init; }

    /// <summary>Least rounds before those that count, where many small documents are sent.</summary>
    public int WarmUps { get; init; } = 8;

    /// <summary>Share of the numbers of the goals, 1 for all.</summary>
    public double Scale { get; init; }

    /// <summary>A number scaled, at least 8.</summary>
    public int Of(int number) => int.Max(8, (int)(number * Scale));
}
