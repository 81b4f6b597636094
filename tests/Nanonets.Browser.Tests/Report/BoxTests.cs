using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace Nanonets.Browser.Tests.Report;

/// <summary>Each value has a box, and each box lies over its words on the picture.</summary>
public class BoxTests(Browser browser, ReportFiles files)
{
    private const double Pixels = 2;

    /// <summary>
    /// Measured as it is on the screen, in pixels of the picture: where boxes are, and where the picture has its words.
    /// </summary>
    private const string Measure =
        """
        () => JSON.stringify([...document.querySelectorAll('.page')].map(page => {
          const picture = page.querySelector('img'), frame = picture.getBoundingClientRect();
          const drawing = new DOMParser().parseFromString(
            picture.src.startsWith('data:image/svg') ? atob(picture.src.split(',')[1]) : '<svg/>', 'text/xml');
          const number = (word, name) => Number(word.getAttribute(name));
          return {
            name: page.closest('article').querySelector('h2').textContent,
            page: parseInt(page.querySelector('h3').textContent.slice(5)) - 1,
            width: picture.naturalWidth, height: picture.naturalHeight,
            words: [...drawing.querySelectorAll('text')].map(word => ({
              left: number(word, 'x'), right: number(word, 'x') + number(word, 'textLength'),
              top: number(word, 'y') - number(word, 'font-size'), bottom: number(word, 'y') })),
            boxes: [...page.querySelectorAll('.sheet a')].map(link => {
              const x = picture.naturalWidth / frame.width, y = picture.naturalHeight / frame.height;
              const place = link.querySelector('rect').getBoundingClientRect();
              return { label: link.dataset.label, text: link.dataset.text,
                left: (place.left - frame.left) * x, right: (place.right - frame.left) * x,
                top: (place.top - frame.top) * y, bottom: (place.bottom - frame.top) * y };
            }) };
        }))
        """;

    [Fact]
    public async Task Boxes_lie_over_the_words_of_their_values_turned_pages_included()
    {
        await using ReportWindow window = await ReportWindow.OpenAsync(browser, files, static files => files.Samples);
        await window.ShowPicturesAsync();
        MeasuredPage[] measured = JsonSerializer.Deserialize<MeasuredPage[]>(
            await window.Page.EvaluateAsync<string>(Measure), JsonSerializerOptions.Web)!;
        IReadOnlyList<JsonElement> pages = await files.Pages;
        Assert.Equal(pages.Count, measured.Length);
        Assert.Subset(measured.Select(static page => page.Name).ToHashSet(), ReportFiles.SamplePdfs.ToHashSet());
        double worst = 0;
        foreach (JsonElement page in pages)
        {
            MeasuredPage shown = measured.Single(one => one.Name == page.GetProperty("Input").GetString() && one.Page == Int(page, "Page"));
            Place[] expected = [.. Expected(page)];
            Assert.Equal(expected.Length, shown.Boxes.Length);
            JsonElement size = page.GetProperty("Size");
            if (expected.Length > 0)
                Assert.Equal((Int(size, "Width"), Int(size, "Height")), (shown.Width, shown.Height));
            foreach ((Place result, Place box) in expected.Zip(shown.Boxes))
            {
                Assert.Equal((result.Label, result.Text), (box.Label, box.Text));
                worst = Math.Max(worst, Distance(result, box));

                // All words of the picture that lie in the box, taken together, fill it.
                Place[] words = [.. shown.Words.Where(word => IsIn(word, box))];
                if (shown.Words.Length > 0)
                    worst = Math.Max(worst, Distance(Around(words), box));
            }
        }

        TestContext.Current.SendDiagnosticMessage($"The farthest side of a box is {worst:0.00} pixels away from its words.");
        Assert.InRange(worst, 0, Pixels);
        Assert.All((int[])[90, 180, 270], degrees =>
            Assert.Contains(measured.Single(page => page.Name == $"turned-{degrees}.pdf").Boxes, box => box.Text == $"INV-{degrees}"));
    }

    private static IEnumerable<Place> Expected(JsonElement page)
    {
        JsonElement[] values = [.. page.GetProperty("Prediction").EnumerateArray()];
        foreach (JsonElement value in values.Where(static value => value.GetProperty("Cells").GetArrayLength() == 0))
            yield return Of(value.GetProperty("Label").GetString()!, value);
        foreach (JsonElement cell in values.SelectMany(static value => value.GetProperty("Cells").EnumerateArray())
            .OrderBy(static cell => Int(cell, "Row")).ThenBy(static cell => Int(cell, "Column")))
            yield return Of(cell.GetProperty("Label").GetString() is { Length: > 0 } name ? name : $"Column {Int(cell, "Column")}", cell);

        static Place Of(string label, JsonElement value)
        {
            JsonElement box = value.GetProperty("Box");
            return new Place(label, value.GetProperty("Text").GetString()!, Int(box, "XMin"), Int(box, "XMax"), Int(box, "YMin"),
                Int(box, "YMax"));
        }
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static bool IsIn(Place word, Place box)
    {
        (double x, double y) = ((word.Left + word.Right) / 2, (word.Top + word.Bottom) / 2);
        return x > box.Left && x < box.Right && y > box.Top && y < box.Bottom;
    }

    private static Place Around(Place[] words) => new("", "", words.Min(static word => word.Left), words.Max(static word => word.Right),
        words.Min(static word => word.Top), words.Max(static word => word.Bottom));

    private static double Distance(Place one, Place other) => new[]
    {
        Math.Abs(one.Left - other.Left), Math.Abs(one.Right - other.Right), Math.Abs(one.Top - other.Top),
        Math.Abs(one.Bottom - other.Bottom),
    }.Max();

    private sealed record MeasuredPage(string Name, int Page, int Width, int Height, Place[] Words, Place[] Boxes);

    private sealed record Place(string Label, string Text, double Left, double Right, double Top, double Bottom);
}
