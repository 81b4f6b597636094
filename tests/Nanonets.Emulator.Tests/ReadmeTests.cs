using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Tests.Support;

namespace Nanonets.Emulator.Tests;

/// <summary>The emulator's README names everything there is to set, and nothing that is not there.</summary>
public class ReadmeTests
{
    private static readonly string s_text = File.ReadAllText(Repository.Find("src/Nanonets.Emulator/README.md"));

    [Fact]
    public void It_names_every_fault_and_all_that_a_rule_can_say()
    {
        IEnumerable<string> names = Enum.GetNames<FaultKind>().Concat(Enum.GetNames<FaultBody>())
            .Concat(typeof(FaultRule).GetProperties().Where(static property => property.SetMethod is not null)
                .Select(static property => property.Name));
        Assert.All(names, name => Assert.Contains($"`{Snake(name)}`", s_text));
    }

    [Fact]
    public async Task It_names_every_option_with_its_default()
    {
        await using Caller caller = await Caller.StartAsync(new EmulatorOptions());
        JsonElement options = (await caller.ControlAsync(System.Net.Http.HttpMethod.Get, "options")).Json;
        foreach (JsonProperty option in options.EnumerateObject()
            .Where(static option => option.Value.ValueKind != JsonValueKind.Object && option.Name != "model_id"))
            Assert.Contains($"`{option.Name}`", s_text);
        Assert.All(options.GetProperty("listing").EnumerateObject(), option => Assert.Contains($"`listing.{option.Name}`", s_text));
        Assert.Equal(0.2, options.GetProperty("processing_time_per_page").GetDouble());
        Assert.Equal(("nested", "pending_pages", "empty_result", "accepted", "sliding", "none"), (
            Text("queued_answer"), Text("pending_answer"), Text("pending_page_answer"), Text("partial_status"), Text("rate_window"),
            Text("rate_retry_after")));
        Assert.All((string[])["free_pages", "pages_per_minute", "max_bytes"],
            name => Assert.Equal(JsonValueKind.Null, options.GetProperty(name).ValueKind));

        string? Text(string name) => options.GetProperty(name).GetString();
    }

    [Fact]
    public void Its_flags_are_those_of_the_program()
    {
        string[] flags = [.. ProgramOptions.Help.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => word.StartsWith("--", StringComparison.Ordinal)).Distinct()];
        Assert.True(flags.Length >= 9);
        Assert.All(flags.Except(["--help"]), flag => Assert.Contains($"`{flag}", s_text));
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
