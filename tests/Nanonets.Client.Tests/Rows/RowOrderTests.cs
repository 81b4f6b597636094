using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Rows;
using static Nanonets.Client.Tests.Rows.RowPages;

namespace Nanonets.Client.Tests.Rows;

/// <summary>A document is one row, in whatever order its pages come.</summary>
public class RowOrderTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pages_in_any_order_give_one_row_for_each_document(int seed)
    {
        var random = new Random(seed);
        List<PageResult> pages = [.. Enumerable.Range(0, 60).SelectMany(file => Enumerable.Range(0, 3)
            .Select(page => Page($"f{file}", page, file % 4 == 0 ? 3 : null, Field($"x{page}", $"{file}-{page}"))))];
        PageResult[] mixed = [.. pages.OrderBy(_ => random.Next())];
        foreach (PageResult[] order in new[] { mixed, [.. mixed, .. mixed], [.. pages.OrderBy(static page => page.Page)] })
        {
            List<Row> rows = Convert(Labelled("x0", "x1", "x2"), order);
            Assert.Equal(
                Enumerable.Range(0, 60).Select(file => $"x0={file}-0, x1={file}-1, x2={file}-2").Order(StringComparer.Ordinal),
                rows.Select(static row => row.Shown()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_document_whose_length_is_known_leaves_when_it_is_whole_and_its_page_counts_once()
    {
        var converter = new RowConverter(Labelled("x", "y"));
        Assert.Empty(converter.Add(Page("a", 0, 2, Field("x", "1"))));
        Assert.Empty(converter.Add(Page("a", 0, 2, Field("x", "1"))));
        Assert.Equal("x=1, y=2", Assert.Single(converter.Add(Page("a", 1, 2, Field("y", "2")))).Shown());
        Assert.Empty(converter.Add(Page("a", 1, 2, Field("y", "2"))));
        Assert.Empty(converter.Complete());
    }

    [Fact]
    public void Where_memory_forbids_it_a_page_that_comes_too_late_is_told_and_gives_no_second_row()
    {
        var late = new List<PageResult>();
        var converter = new RowConverter(Labelled("x", "y"), late.Add, 10_000);
        var rows = new List<Row>();
        for (int i = 0; i < 200; i++)
            rows.AddRange(converter.Add(Page($"f{i}", 0, null, Field("x", $"{i}"))));
        Assert.InRange(rows.Count, 1, 199);
        PageResult second = Page("f0", 1, null, Field("y", "late"));
        Assert.Empty(converter.Add(second));
        Assert.Empty(converter.Add(Page("f0", 2, null, Field("y", "later"))));
        rows.AddRange(converter.Complete());
        Assert.Same(second, Assert.Single(late));
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"x={i}, y="), rows.Select(static row => row.Shown()));
    }

    [Fact]
    public void Only_what_the_rows_need_counts_against_memory()
    {
        var late = new List<PageResult>();
        var converter = new RowConverter(new RowOptions { Labels = [RowLabel.Parse("x")] }, late.Add, 100_000);
        Prediction[] others = [.. Enumerable.Range(0, 100).Select(static i => Field($"other{i}", new string('o', 1000))),
            Table("item|price", "x|2")];
        for (int i = 0; i < 100; i++)
            Assert.Empty(converter.Add(Page($"f{i}", 0, null, [Field("x", $"{i}"), .. others])));
        Assert.Equal(100, converter.Complete().Count());
        Assert.Empty(late);
    }

    private static RowOptions Labelled(params string[] labels) =>
        new() { Kinds = [RowKind.Table], Labels = [.. labels.Select(label => RowLabel.Parse(label))] };
}
