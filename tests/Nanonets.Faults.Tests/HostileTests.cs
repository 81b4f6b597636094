using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Answers that are meant to do harm.</summary>
public class HostileTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public Task An_answer_of_300_MB_takes_little_memory() => FillAsync(300);

    [Fact(Explicit = true)]
    public Task An_answer_of_2_GB_takes_little_memory() => FillAsync(2048);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task An_answer_100000_levels_deep_is_one_that_names_nothing(char bracket)
    {
        const int depth = 100_000;
        string deep = bracket == '[' ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        await using Lab lab = await Lab.StartAsync();
        lab.Fault(new FaultRule { Kind = FaultKind.StatusAfter, Status = 200, Body = FaultBody.Text, Text = deep, Route = "LabelFile",
            FileName = "doc-00002.pdf" });
        lab.Fault(new FaultRule { Kind = FaultKind.StatusAfter, Status = 400, Body = FaultBody.Text, Text = deep, Route = "LabelFile",
            FileName = "doc-00004.pdf" });
        Night night = await lab.NightAsync(lab.Documents(10));
        Assert.Equal((8, 2), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Found]));
        Assert.Equal((10, 10), (lab.Charges, lab.Posts.Count));
    }

    /// <summary>A process of its own tells how much memory a run took, with such an answer and without.</summary>
    private static async Task FillAsync(long megabytes)
    {
        string root = Directory.CreateTempSubdirectory("nanonets-faults-").FullName;
        try
        {
            var time = new FastTime(200, DateTimeOffset.UtcNow);
            await using EmulatorServer emulator = await EmulatorServer.StartAsync(
                new EmulatorOptions { AcceptAnyContent = true, ProcessingTimePerPage = TimeSpan.Zero,
                    TimeProvider = FastTime.ForEmulator(() => time) }, TestContext.Current.CancellationToken);
            string folder = Directory.CreateDirectory(Path.Combine(root, "in")).FullName;
            for (int number = 0; number < 6; number++)
                await File.WriteAllTextAsync(
                    Path.Combine(folder, $"doc-{number}.pdf"), $"%PDF-1.4\n{number}\n", TestContext.Current.CancellationToken);
            var order = new SenderOrder { Journal = Path.Combine(root, "first.db"), Folder = folder, Api = emulator.ApiUri,
                Model = emulator.Options.ModelId, Time = time };
            (_, long usual) = await SendAsync(order, emulator);
            emulator.Reset();
            FaultRule fault = emulator.Faults.Add(new FaultRule
            {
                Kind = FaultKind.StatusAfter, Status = 200, Body = FaultBody.Large, AnswerBytes = megabytes * Megabyte, Route = "LabelFile",
                From = 3, To = 3,
            });
            (Dictionary<string, int> ends, long filled) = await SendAsync(
                order with { Journal = Path.Combine(root, "second.db") }, emulator);
            Assert.Equal(1, fault.Hits);
            Assert.Equal((5, 1), (ends["Accepted"], ends["Found"]));
            Assert.Empty(emulator.Billing.ChargedTwice);
            Figures.Report($"an answer of {megabytes} MB: {(filled - usual) / (double)Megabyte:0} MB more than without it");
            Assert.InRange(filled - usual, long.MinValue, 64 * Megabyte);
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }

    private static async Task<(Dictionary<string, int> Ends, long Peak)> SendAsync(SenderOrder order, EmulatorServer emulator)
    {
        using SenderProcess sender = SenderProcess.Start(order, emulator.Options.ApiKey);
        Dictionary<string, int> ends = await sender.EndAsync();
        string peak = sender.Lines.Single(static line => line.StartsWith("peak ", StringComparison.Ordinal));
        return (ends, long.Parse(peak["peak ".Length..], CultureInfo.InvariantCulture));
    }
}
