using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.Resources;
using Nanonets.Emulator.Tests.Support;
using Nanonets.Tests.Conformance;

namespace Nanonets.Emulator.Tests;

/// <summary>The table of the README that says what is modelled: whole, and true of the routes there are.</summary>
public partial class FidelityTableTests
{
    private static readonly TableRow[] s_rows = [.. File.ReadLines(Repository.Find("src/Nanonets.Emulator/README.md"))
        .SkipWhile(static line => !line.StartsWith("| endpoint | route |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(static line => line.StartsWith('|')).Select(TableRow.Of)];

    private static IReadOnlyList<ApiRoute> Routes
    {
        get
        {
            using var context = new EmulatorContext(new EmulatorOptions());
            using var fetcher = new UrlFetcher();
            return ApiRoutes.Of(context, new SignedUrls(context), fetcher);
        }
    }

    public static TheoryData<string, string> Absent =>
        new(s_rows.Where(static row => row is { State: "absent", Method: not null }).Select(static row => (row.Method!, row.Path!)));

    [Fact]
    public void It_has_every_route_there_is_and_no_other() => Assert.Equal(
        Routes.Select(static route => $"{route.Name} {route.Method} {route.Pattern}").Distinct().Order(StringComparer.Ordinal),
        s_rows.Where(static row => row is { Method: not null, Route.Length: > 0 })
            .Select(static row => $"{row.Route} {row.Method} {row.Pattern}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void It_has_every_documented_endpoint_with_its_confidence() => Assert.All(ApiEndpoint.All, static endpoint =>
    {
        TableRow row = Assert.Single(s_rows, row => row.Method == endpoint.Method && row.PathOf(endpoint) == endpoint.Path);
        Assert.Equal(endpoint.Route, row.Route);
        Assert.Equal(endpoint.Marks, row.Marks);
        Assert.NotEqual("absent", row.State);
    });

    [Fact]
    public void Every_row_says_how_far_it_goes_and_how_it_is_known() => Assert.All(s_rows, static row =>
    {
        Assert.Contains(row.State, new[] { "modelled", "stubbed", "absent", "by option or fault" });
        Assert.NotEmpty(row.Marks);
    });

    [Fact]
    public void Details_of_a_route_name_a_route_there_is() => Assert.All(
        s_rows.Where(static row => row is { Method: null, Route.Length: > 0 }),
        static row => Assert.Contains(row.Route, Routes.Select(static route => route.Name)));

    [Theory]
    [MemberData(nameof(Absent))]
    public async Task What_is_absent_is_not_found(string method, string path)
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions());
        string target = path.Replace("{m}", caller.Model, StringComparison.Ordinal).Replace("{f}", "1", StringComparison.Ordinal)
            .Replace("{i}", "1", StringComparison.Ordinal);
        Assert.Equal(404, (int)(await caller.SendAsync(new HttpMethod(method), target)).Status);
        Assert.Null(caller.Emulator.Requests.All[^1].Route);
    }

    /// <summary>A row: an endpoint, or a detail or group without one.</summary>
    private sealed record TableRow(string? Method, string? Path, string Route, string State, string Marks)
    {
        /// <summary>As the emulator's routes are written.</summary>
        public string? Pattern => Path?.Split('?')[0].TrimEnd('/').Replace("{m}", "{model}", StringComparison.Ordinal)
            .Replace("{f}", "{id}", StringComparison.Ordinal)
            .Replace("{p}", "{id}", StringComparison.Ordinal);

        public static TableRow Of(string line)
        {
            string[] cells = [.. line.Trim('|').Split('|').Select(static cell => cell.Trim())];
            Assert.Equal(4, cells.Length);
            Match endpoint = Endpoint().Match(cells[0]);
            string? path = endpoint.Success
                ? endpoint.Groups[2].Value.Replace("…/", "Inferences/Model/{m}/", StringComparison.Ordinal)
                : null;
            return new TableRow(
                endpoint.Success ? endpoint.Groups[1].Value : null, path, cells[1].Trim('`'), cells[2], Letters().Match(cells[3]).Value);
        }

        /// <summary>The path, without a query that the endpoint is not told apart by.</summary>
        public string? PathOf(ApiEndpoint endpoint) => endpoint.Path.Contains('?', StringComparison.Ordinal)
            || Path?.EndsWith("?async=true", StringComparison.Ordinal) == true ? Path : Path?.Split('?')[0];
    }

    [GeneratedRegex("^(GET|POST|PATCH|DELETE) `([^`]+)`$")]
    private static partial Regex Endpoint();

    [GeneratedRegex("^[DRCIU]( [DRCIU])*(?![A-Za-z])")]
    private static partial Regex Letters();
}
