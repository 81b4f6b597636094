using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Inbox;
using Nanonets.Journal.PostgreSql;
using Nanonets.Journaling;
using Nanonets.Tests;

namespace Nanonets.Faults.Tests.Databases;

/// <summary>Two machines empty one inbox with one journal in a database: at the same time, and one after the other has died.</summary>
public sealed class InboxTests(PostgreSqlCluster cluster)
{
    private const double Fast = 200;

    private static readonly string[] s_moved = ["Done", "Review", "Failed"];

    [Fact]
    public Task Two_machines_share_an_inbox_and_each_document_is_filed_by_one() => ShareAsync(30);

    [Fact(Explicit = true)]
    public Task Two_machines_share_an_inbox_of_500() => ShareAsync(500);

    [Fact]
    public async Task A_machine_goes_on_with_the_inbox_of_one_that_has_died()
    {
        await using InboxLab lab = await StartAsync();
        InboxNights.Fill(lab, 30);
        using (InboxProcess died = Start(lab, "site-a"))
        {
            await died.UntilSaidAsync(60);
            await died.KillAsync();
        }

        await DatabaseLab.ExpireAsync(cluster, JournalAddress.Parse(lab.Journal!)["schema"]!);
        lab.Time = lab.Time.At(Fast);
        int charged = lab.Emulator.Billing.Charges.Count;
        using InboxProcess other = Start(lab, "site-b");
        Dictionary<string, int> ends = await other.EndAsync();
        lab.Check();
        int nights = await InboxNights.SettleAsync(lab);
        Figures.Report($"one machine died when {charged} were charged; the other: {string.Join(", ", ends)}; all filed after {nights} more "
            + "pass(es)");
    }

    /// <summary>
    /// Each machine has the share under a path of its own. The one that sent has not seen the result; what the other finds is the document
    /// itself, and no copy of one that lies nowhere.
    /// </summary>
    [Fact]
    public async Task A_share_that_each_machine_has_elsewhere_is_one_inbox()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link to a folder takes a right on Windows.");
        await using InboxLab lab = await StartAsync();
        string mount = Path.Combine(lab.Root, "mount");
        Directory.CreateSymbolicLink(mount, lab.Root);
        InboxOrder there = lab.Order() with { Inbox = Path.Combine(mount, "inbox"), Destination = Path.Combine(mount, "out") };
        lab.Add("a.png");
        lab.Emulator.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 402, Route = "GetPredictions" });
        InboxRun sent = await lab.PassAsync(order: there);
        Assert.Equal(InboxState.Pending, Assert.Single(sent.Documents).State);

        Directory.Delete(mount);
        lab.Emulator.Faults.Clear();
        InboxDocument filed = Assert.Single((await lab.PassAsync()).Documents);
        Assert.Equal((InboxState.Review, null), (filed.State, filed.DuplicateOf));
        lab.CheckEmpty();

        // And what comes again, under whatever name, knows where the first lies.
        Directory.CreateSymbolicLink(mount, lab.Root);
        lab.Add("a.png");
        InboxDocument again = Assert.Single((await lab.PassAsync(order: there)).Documents);
        Assert.Equal((InboxState.Review, filed.SourcePath), (again.State, again.DuplicateOf));
    }

    [Theory]
    [InlineData("/mnt/nowhere/inbox/a.pdf", "a.pdf", true)]
    [InlineData(@"Z:\inbox\Sub\a.pdf", "sub/a.pdf", true)]
    [InlineData(@"\\files\scans\out\done\sub\a.pdf", "sub/a.pdf", false)]
    [InlineData("/mnt/nowhere/review/a.pdf", "a.pdf", false)]
    [InlineData("/mnt/nowhere/inbox/b.pdf", "a.pdf", false)]
    public void A_document_is_known_under_the_path_that_another_machine_has(string path, string input, bool same) =>
        Assert.Equal(same, InboxPath.MayBeSameElsewhere(path, input));

    private async Task ShareAsync(int documents)
    {
        await using InboxLab lab = await StartAsync();
        InboxNights.Fill(lab, documents);
        lab.RowsPath = Path.Combine(lab.Root, "all.csv");
        lab.Time = lab.Time.At(Fast);
        using InboxProcess first = Start(lab, "site-a");
        using InboxProcess second = Start(lab, "site-b");
        Dictionary<string, int>[] ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        // Each lies where one of the two has moved it, with one result, one row and one charge.
        lab.CheckEmpty("zero.pdf");
        Assert.Equal(documents - 1, ends.Sum(static end => s_moved.Sum(state => end.GetValueOrDefault(state))));
        string[] senders = Machines(lab);
        if (InboxProcess.MayRename)
            Assert.Empty(senders.Except(["site-a", "site-b"]));

        Figures.Report($"two machines, {documents} documents: {string.Join(" and ", ends.Select(static end => string.Join(", ", end)))}; "
            + $"sent by {string.Join(", ", senders.CountBy(static sender => sender))}");
    }

    /// <summary>Who sent each of the documents, as the journal tells it.</summary>
    private static string[] Machines(InboxLab lab)
    {
        using PostgreSqlJournal journal = PostgreSqlJournal.OpenReadOnly(JournalLocation.OfDatabase(lab.Journal!));
        return [.. journal.Query(new JournalQuery { States = [UploadState.Finished] }).Select(static one => one.Machine!)];
    }

    private async Task<InboxLab> StartAsync()
    {
        cluster.NeedOwn();
        InboxLab lab = await InboxLab.StartAsync();
        lab.Journal = cluster.NewAddress();
        return lab;
    }

    private static InboxProcess Start(InboxLab lab, string machine) =>
        InboxProcess.Start(lab.Order(), lab.Emulator.Options.ApiKey, machine);
}
