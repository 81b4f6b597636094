using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Objects given as metadata arrive as JSON, with every value as what it is.</summary>
public class MetadataTests
{
    [Theory]
    [InlineData("[pscustomobject]@{ customer = 7; tags = 'a', 'b' }", """{"customer":7,"tags":["a","b"]}""")]
    [InlineData("""('[{"customer":7,"tags":["a",{"deep":[1,[2]]}]}]' | ConvertFrom-Json)[0]""",
        """{"customer":7,"tags":["a",{"deep":[1,[2]]}]}""")]
    [InlineData("@{ inner = [pscustomobject]@{ a = 1 } }", """{"inner":{"a":1}}""")]
    [InlineData("[pscustomobject]@{ inner = @{ a = 1 }; none = $null }", """{"inner":{"a":1},"none":null}""")]
    [InlineData("@{ share = [float]1.5 }", """{"share":1.5}""")]
    [InlineData("@{ share = [decimal]'1.5' }", """{"share":1.5}""")]
    [InlineData("@{ huge = [bigint]::Parse('123456789012345678901234567890') }", """{"huge":123456789012345678901234567890}""")]
    [InlineData("[ordered]@{ most = [ulong]::MaxValue; one = [byte]1 }", """{"most":18446744073709551615,"one":1}""")]
    [InlineData("@{ urgent = [switch]$true }", """{"urgent":true}""")]
    [InlineData("@{ urgent = [switch]$false }", """{"urgent":false}""")]
    [InlineData("@{ due = [datetime]'2025-03-17T10:20:30' }", """{"due":"2025-03-17T10:20:30"}""")]
    [InlineData("@{ due = [datetimeoffset]'2025-03-17T10:20:30+01:00' }", """{"due":"2025-03-17T10:20:30+01:00"}""")]
    [InlineData("@{ due = [DateOnly]::new(2025, 3, 17) }", """{"due":"2025-03-17"}""")]
    [InlineData("@{ at = [TimeOnly]::new(10, 20, 30) }", """{"at":"10:20:30.0000000"}""")]
    [InlineData("@{ day = [System.DayOfWeek]::Monday }", """{"day":"Monday"}""")]
    [InlineData("@{ wait = [timespan]'00:05:00' }", """{"wait":"00:05:00"}""")]
    [InlineData("@{ id = [guid]'11111111-2222-3333-4444-555555555555' }", """{"id":"11111111-2222-3333-4444-555555555555"}""")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize("
        + "[System.Management.Automation.PSSerializer]::Serialize(([pscustomobject]@{ a = 1; b = 'x', 'y' })))",
        """{"a":1,"b":["x","y"]}""")]
    public async Task An_object_becomes_json(string metadata, string expected)
    {
        Assert.Equal(expected, await SentAsync($"Send-NanonetsDocument $file -Metadata ({metadata})"));
    }

    [Fact]
    public async Task An_object_of_a_piped_row_becomes_json()
    {
        Assert.Equal("""{"customer":7}""",
            await SentAsync("[pscustomobject]@{ Path = $file; Metadata = [pscustomobject]@{ customer = 7 } } | Send-NanonetsDocument"));
    }

    [Fact]
    public async Task An_object_of_a_script_block_becomes_json()
    {
        Assert.Equal("""{"customer":7}""",
            await SentAsync("Get-Item $file | Send-NanonetsDocument -Metadata { [pscustomobject]@{ customer = 7 } }"));
    }

    [Fact]
    public async Task Text_stays_as_it_is()
    {
        Assert.Equal("""{ "a" : 1 }""", await SentAsync("""Send-NanonetsDocument $file -Metadata '{ "a" : 1 }'"""));
    }

    /// <summary>The metadata as the service got it, without the tag.</summary>
    private static async Task<string> SentAsync(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.Set("file", session.AddFile("one.png"));
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        string sent = Assert.Single(session.Uploads).Fields["request_metadata"];
        int tag = sent.IndexOf(",\"_nn\":\"nn1.", System.StringComparison.Ordinal);
        if (tag < 0)
            return sent;
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(sent).RootElement.ValueKind);
        return sent[..tag] + "}";
    }
}
