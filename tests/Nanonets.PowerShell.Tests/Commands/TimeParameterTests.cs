using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>Times and spans of time mean the same in every form, on every machine.</summary>
[Collection(RunsAlone.Name)]
public class TimeParameterTests
{
    private const string InZone = "[System.TimeZoneInfo]::ClearCachedData()";

    /// <summary>Ways to say a moment before everything, one after everything, and a day.</summary>
    public static TheoryData<string> Moments => [
        "[datetime]::MinValue", "[datetime]::MaxValue", "[datetimeoffset]::MinValue", "[datetimeoffset]::MaxValue", "[DateOnly]::MinValue",
        "[DateOnly]::MaxValue",
        "[DateOnly]::new(2025, 3, 17)", "'2025-03-17'", "'2025-03-17T10:00:00Z'", "[datetime]::UtcNow.Date",
        "([datetime]::SpecifyKind([datetime]::MinValue, 'Utc'))",
        "([datetime]::SpecifyKind([datetime]::MaxValue, 'Local'))",
    ];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_moment_is_taken_in_every_form_and_time_zone(string moment)
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        session.Run("Send-NanonetsDocument *.png -Journal uploads.db");
        foreach (string zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "Europe/Berlin" })
        {
            RunResult result = session.Run(
                $$"""
                $before = $env:TZ; $env:TZ = '{{zone}}'; {{InZone}}
                try {
                    Get-NanonetsResult -After ({{moment}}) -Before ([datetime]::MaxValue) -ErrorAction SilentlyContinue -ErrorVariable empty
                    Get-NanonetsResult -After ([datetime]::MinValue) -Before ({{moment}}) -ErrorAction SilentlyContinue -ErrorVariable +empty
                    Get-NanonetsJournalEntry -Journal uploads.db -After ({{moment}})
                    Get-NanonetsJournalEntry -Journal uploads.db -Before ({{moment}})
                    Remove-NanonetsJournalEntry -Journal uploads.db -Before ({{moment}}) -WhatIf
                } finally { $env:TZ = $before; {{InZone}} }
                """);
            Assert.Null(result.Terminating);
            Assert.All(result.Errors, error => Assert.StartsWith("EmptyTimeSpan", error.FullyQualifiedErrorId));
        }
    }

    [Fact]
    public async Task A_day_begins_at_midnight_here()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFiles(1);
        session.Run("Send-NanonetsDocument *.png -Journal uploads.db");
        RunResult result = session.Run(
            """
            Get-NanonetsJournalEntry -Journal uploads.db -After ([DateOnly]::FromDateTime([datetime]::Now))
            Get-NanonetsJournalEntry -Journal uploads.db -Before ([DateOnly]::FromDateTime([datetime]::Now))
            """);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("0.05")]
    [InlineData("'0.05'")]
    [InlineData("'00:00:00.05'")]
    [InlineData("([timespan]::FromMilliseconds(50))")]
    public async Task A_span_is_seconds_or_a_time_span(string span)
    {
        await using ModuleSession session = await WithEndlessWorkAsync();
        Assert.Equal(["ResultTimedOut"], session.Run($"$sent | Get-NanonetsResult -Wait -Timeout {span}").ErrorIds);
    }

    [Theory]
    [InlineData("-2")]
    [InlineData("'-2'")]
    [InlineData("-0.5")]
    [InlineData("'-00:00:01'")]
    [InlineData("([timespan]::FromSeconds(-3))")]
    [InlineData("([timespan]::MinValue)")]
    [InlineData("$true")]
    [InlineData("([switch]$true)")]
    [InlineData("([char]'5')")]
    [InlineData("([datetime]::Now)")]
    [InlineData("([double]::NaN)")]
    [InlineData("([double]::NegativeInfinity)")]
    [InlineData("([double]::PositiveInfinity)")]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("'soon'")]
    [InlineData("(1, 2)")]
    [InlineData("([System.DayOfWeek]::Monday)")]
    public async Task What_is_no_span_is_refused(string span)
    {
        await using ModuleSession session = await WithEndlessWorkAsync();
        string[] scripts =
        [
            $"Get-NanonetsResult x -Wait -Timeout {span}", $"Send-NanonetsDocument *.png -OutageTimeout {span}",
            $"Connect-Nanonets -ApiKey k -ResendAfter {span}", $"Connect-Nanonets -ApiKey k -TimeoutSec {span}",
        ];
        foreach (string script in scripts)
            Assert.StartsWith("ParameterArgument", session.Run(script).OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("'-1'")]
    [InlineData("([System.Threading.Timeout]::InfiniteTimeSpan)")]
    [InlineData("([timespan]::MaxValue)")]
    public async Task Minus_one_waits_for_ever(string span)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.FromMilliseconds(300) });
        session.AddFiles(1);
        RunResult result = session.Run($"Send-NanonetsDocument *.png -OutageTimeout {span} | Get-NanonetsResult -Wait -Timeout {span}");
        Assert.Empty(result.Errors);
        Assert.Equal("Success", Assert.Single(result.Values("State"))!.ToString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("([System.Threading.Timeout]::InfiniteTimeSpan)")]
    [InlineData("([timespan]::MaxValue)")]
    public async Task To_send_again_never_is_no_time_before_it(string span)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        Assert.StartsWith(
            "ParameterArgument", session.Run($"Connect-Nanonets -ApiKey k -ResendAfter {span}").OnlyError.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("'90'", 90)]
    [InlineData("'00:01:30'", 90)]
    [InlineData("([timespan]::FromSeconds(90))", 90)]
    public async Task Every_time_parameter_takes_every_form(string span, int seconds)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run(
            $"Connect-Nanonets -ApiKey k -ResendAfter {span} -TimeoutSec {span} -IdleTimeoutSec {span} -RetryIntervalSec {span} -PassThru");
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(result.Values("ResendAfter")));
    }

    private static async Task<ModuleSession> WithEndlessWorkAsync()
    {
        ModuleSession session = await ModuleSession.StartAsync(
            options: new EmulatorOptions { ProcessingTimePerPage = TimeSpan.FromHours(1) });
        session.AddFiles(1);
        session.Run("$sent = Send-NanonetsDocument *.png");
        return session;
    }
}
