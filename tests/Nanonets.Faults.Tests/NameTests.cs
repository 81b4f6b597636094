using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;
using Nanonets.Documents;

namespace Nanonets.Faults.Tests;

/// <summary>Names of every kind, and very many of them.</summary>
public class NameTests
{
    [Fact]
    public async Task Long_equal_and_strange_names_are_never_mixed_up()
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", Every = 2 });
        var all = new List<UploadSource>();
        foreach (string name in (string[])["invoice.pdf", "Rechnung Müller & Söhne – 請求書 №1.pdf", "👩‍👩‍👧‍👦🧾.pdf", "a'b;c=d%20e+f.pdf",
            "e\u0301.pdf", "é.pdf", ".pdf", "no extension"])
        {
            // Equal base names in three folders.
            all.AddRange(Enumerable.Range(1, 3).Select(folder => lab.Document(Path.Combine($"folder {folder}", name), $"{folder} {name}")));
        }

        // Longer than a file system allows: a stream may be called so.
        foreach (string name in (string[])[new string('x', 296) + ".pdf", new string('ü', 296) + ".pdf"])
            all.Add(await UploadSource.FromStreamAsync(
                new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.4 " + name)), name, TestContext.Current.CancellationToken));
        Night night = await lab.NightAsync(all);
        Assert.Equal(all.Count, night.Count(SendingEnd.Accepted, SendingEnd.Found));
        Assert.Equal((all.Count, all.Count, fault.Hits), (lab.Charges, lab.Posts.Count, night.Tally[SendingEnd.Found]));
        foreach (UploadSource one in all)
            Assert.Equal(
                one.FileName, lab.Emulator.Billing.Charges.Single(charge => charge.RequestFileId == night.Of(one).RequestFileId).FileName);
    }

    [Fact]
    public async Task Names_and_answers_with_escape_codes_say_nothing_to_a_console()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No file on Windows has such a name.");
        await using Lab lab = await Lab.StartAsync();
        const string evil = "a\u001b]0;owned\u0007\u001b[2J\r\nb\u009b31m.pdf";
        lab.Fault(
            new FaultRule { Kind = FaultKind.Status, Status = 403, Body = FaultBody.Html, Route = "LabelFile", FileName = "a*", To = 1 });
        lab.Fault(new FaultRule
        {
            Kind = FaultKind.Status, Status = 400, Body = FaultBody.Text, Route = "LabelFile", FileName = "doc-00001.pdf",
            Text =
                """
                {"message":"Bad\u001b[31m\u0000Request","code":400,"errors":[{"reason":"a\u001b]0;x\u0007","message":"b\r\n\u009b31mc"}]}
                """,
        });
        Night night = await lab.NightAsync(
            [lab.Document(evil), .. lab.Documents(4), UploadSource.FromPath(Path.Combine(lab.Folder, "in", "gone\u001b[31m.pdf"))]);
        Assert.Equal((3, 1, 1, 1),
            (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Refused], night.Tally[SendingEnd.Held],
                night.Tally[SendingEnd.NotSent]));
        foreach ((_, SendingOutcome outcome) in night.Ends)
            Assert.DoesNotContain(
                outcome.Error?.Message ?? string.Empty, static sign => char.IsControl(sign) && sign is not ('\r' or '\n'));
    }

    [Fact]
    public Task Many_files_go_through() => ManyAsync(1_000);

    [Fact(Explicit = true)]
    public Task A_hundred_thousand_files_go_through() => ManyAsync(100_000);

    private static async Task ManyAsync(int documents)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(new FaultRule { Kind = FaultKind.CutAfter, Route = "LabelFile", Probability = 0.002, Seed = 3 });
        long before = GC.GetTotalMemory(true);
        Night night = await lab.NightAsync(lab.Documents(documents), throttle: 16);
        Assert.Equal((documents, documents), (lab.Charges, lab.Posts.Count));
        Assert.Equal((documents - fault.Hits, fault.Hits), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Found]));
        Assert.InRange(lab.Listings, 1, 10);
        Figures.Report($"{documents} documents, {fault.Hits} answers lost: {lab.Charges} charges, {lab.Listings} listing calls, "
            + $"{(GC.GetTotalMemory(true) - before) / 1e6:0} MB held by test, emulator and client");
    }
}
