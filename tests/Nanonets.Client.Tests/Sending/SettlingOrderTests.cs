using System;
using System.Linq;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Journaling;

namespace Nanonets.Client.Tests.Sending;

/// <summary>What the service has accepted is written down before anything else goes on.</summary>
public class SettlingOrderTests
{
    [Fact]
    public void The_accepted_document_is_in_the_journal_before_the_next_begins() => Simulate.Run(() =>
    {
        var time = new SimulatedTime();
        var service = new SimulatedService(time, new Random(7));
        using var journal = new MemoryJournal();
        MemorySource[] all =
            [.. Enumerable.Range(0, 10).Select(static number => new MemorySource($"doc-{number:0000}.pdf", $"%PDF-1.7 document {number}"))];
        SimulatedProcess run = new SimulatedProcess(time, service, journal).Complete(all);

        // The first goes alone; the others wait for its answer.
        string[] records = [.. run.Journal.Records];
        string first = records[0].Split(' ')[0];
        Assert.Equal([$"{first} Starting", $"{first} Accepted"], records.Take(2));
    });
}
