using System.Linq;
using Nanonets.Inbox;
using Nanonets.Rows;

namespace Nanonets.Faults.Tests;

/// <summary>Which score decides about review.</summary>
public class InboxScoreTests
{
    /// <summary>Instant-learning models give 0 for every value, which says nothing; beside other scores a 0 is one.</summary>
    [Theory]
    [InlineData(null, 0.0, 0.0)]
    [InlineData(0.0, 0.0, 0.9)]
    [InlineData(0.4, 0.4, 0.9)]
    public void The_lowest_score_counts_unless_there_is_none(double? lowest, params double[] scores)
    {
        var page = new PageResult
        {
            Prediction = [.. scores.Select(static (score, i) => new Prediction { Label = $"label{i}", Text = "x", Score = score })],
        };
        RowLabel[] labels = [.. scores.Select(static (_, i) => new RowLabel($"label{i}", $"label{i}", LabelScope.Any))];
        Assert.Equal(lowest, LowestScore.Of([page], RowKind.Fields, labels)?.Score);
        Assert.True(LowestScore.HasAny([page], RowKind.Fields, labels));
    }
}
