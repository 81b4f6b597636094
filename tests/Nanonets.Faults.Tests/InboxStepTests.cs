using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Faults.Tests.Support;
using Nanonets.Inbox;
using Nanonets.Journal;
using Nanonets.Journaling;

namespace Nanonets.Faults.Tests;

/// <summary>
/// A run is cut off between any two steps of filing a document (see FilingRecord): what it leaves is made by hand, and the next run
/// finishes it.
/// </summary>
public sealed class InboxStepTests
{
    [Theory]
    [InlineData(1, "result.json is written")]
    [InlineData(2, "the record is written, in part")]
    [InlineData(3, "the record is written")]
    [InlineData(4, "a row is written, in part")]
    [InlineData(5, "the rows are written")]
    [InlineData(6, "the result has both names for a moment")]
    [InlineData(7, "the result has its name")]
    [InlineData(8, "the original has its name")]
    [InlineData(9, "the journal knows it")]
    [InlineData(10, "the record is removed")]
    public async Task Cut_off_after_a_step_the_next_run_files_it_once_under_the_same_name(int step, string what)
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string source = lab.Add("a.png");
        string id = await SendAsync(lab);
        Abandoned left = Leave(lab, source, id);
        if (step >= 1)
            left.WriteResult();
        if (step >= 2)
            left.WriteRecord(isWhole: step > 2);
        if (step >= 4)
            left.WriteRow(isWhole: step > 4);
        if (step >= 6)
            left.NameResult(keepsOld: step == 6);
        if (step >= 8)
            File.Move(source, left.Record.Original);
        if (step >= 9)
            await left.TellJournalAsync();
        if (step >= 10)
            left.RemoveRecord();

        await lab.PassAsync();
        lab.CheckEmpty();
        Assert.True(File.Exists(Path.Combine(lab.Destination, "review", "a.png")), what);
        Assert.Equal(left.Record.Original, Entry(lab).SourcePath);

        // And what comes again knows where the first lies.
        lab.Add("again.png", File.ReadAllBytes(left.Record.Original));
        InboxRun run = await lab.PassAsync();
        Assert.Equal(left.Record.Original, Assert.Single(run.Documents).DuplicateOf);
        lab.CheckEmpty();
    }

    [Fact]
    public async Task A_whole_copy_on_another_volume_and_its_original_become_one()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string source = lab.Add("a.png");
        string id = await SendAsync(lab);
        Abandoned left = Leave(lab, source, id);
        left.WriteRecord(isWhole: true);
        left.WriteRow(isWhole: true);
        left.WriteResult();
        left.NameResult(keepsOld: false);
        File.Copy(source, left.Record.Original);

        await lab.PassAsync();
        lab.CheckEmpty();
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_is_made_again()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string source = lab.Add("a.png");
        string id = await SendAsync(lab);
        Abandoned left = Leave(lab, source, id);
        left.WriteRecord(isWhole: true);
        left.WriteRow(isWhole: true);
        left.WriteResult();
        left.NameResult(keepsOld: false);
        File.WriteAllText(Path.Combine(left.Folder, "original.part"), "half");

        await lab.PassAsync();
        lab.CheckEmpty();
    }

    [Fact]
    public async Task A_new_document_under_the_name_of_one_that_was_just_filed_is_not_lost()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        string source = lab.Add("a.png");
        string id = await SendAsync(lab);
        Abandoned left = Leave(lab, source, id);
        left.WriteRecord(isWhole: true);
        left.WriteRow(isWhole: true);
        left.WriteResult();
        left.NameResult(keepsOld: false);
        File.Move(source, left.Record.Original);
        lab.Add("a.png", InboxLab.Content("another"));

        await lab.PassAsync();
        lab.CheckEmpty();
        Assert.True(File.Exists(Path.Combine(lab.Destination, "review", "a (2).png")));
    }

    [Fact]
    public async Task A_name_that_another_run_has_taken_meanwhile_stays_that_run_s()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        lab.Add("a.png", InboxLab.Content("of another run"));
        await lab.PassAsync();
        string source = lab.Add("a.png");
        string id = await SendAsync(lab);
        string taken = Path.Combine(lab.Destination, "review", "a.png");
        Abandoned left = Leave(lab, source, id, new FiledName(taken, taken + ".json"));
        left.WriteResult();
        left.WriteRecord(isWhole: true);
        left.WriteRow(isWhole: true);

        await lab.PassAsync();
        lab.CheckEmpty();
        Assert.True(File.Exists(Path.Combine(lab.Destination, "review", "a (2).png")));
    }

    [Fact]
    public async Task What_a_living_run_has_in_the_making_is_left_alone()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        using (RunFolder living = RunFolder.Create(Path.Combine(lab.Destination, ".nanonets"), DateTimeOffset.UtcNow))
        {
            await File.WriteAllTextAsync(living.ResultPath, "{}", TestContext.Current.CancellationToken);
            lab.Add("a.png");
            await lab.PassAsync();
            Assert.True(File.Exists(living.ResultPath));
        }

        await lab.PassAsync();
        lab.CheckEmpty();
    }

    [Fact]
    public async Task Rows_that_were_appended_just_before_the_end_do_not_stand_there_twice()
    {
        await using InboxLab lab = await InboxLab.StartAsync();
        lab.RowsPath = Path.Combine(lab.Root, "all.csv");
        lab.Add("a.png");
        await lab.PassAsync();
        string folder = Path.Combine(lab.Destination, ".nanonets", "20250317T120000Z-1");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(folder + ".lock", "", TestContext.Current.CancellationToken);
        File.Copy(lab.RowsPath, Path.Combine(folder, "rows.csv"));
        await File.WriteAllTextAsync(lab.RowsPath + ".new", "half of it", TestContext.Current.CancellationToken);

        lab.Add("b.png");
        await lab.PassAsync();
        lab.CheckEmpty();
        Assert.Equal(2, lab.Rows().Count);
        Assert.False(File.Exists(lab.RowsPath + ".new"));
    }

    /// <summary>Sends what lies in the inbox and waits for nothing, as a run that is killed before the first result.</summary>
    private static async Task<string> SendAsync(InboxLab lab)
    {
        lab.Emulator.Faults.Add(new Emulator.FaultRule { Kind = Emulator.FaultKind.Status, Status = 402, Route = "GetPredictions" });
        InboxRun run = await lab.PassAsync();
        Assert.Equal(InboxState.Pending, Assert.Single(run.Documents).State);
        lab.Emulator.Faults.Clear();
        return run.Documents[0].RequestFileId!;
    }

    private static JournalEntry Entry(InboxLab lab)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(lab.Order().Journal);
        return Assert.Single(journal.Query(new JournalQuery()));
    }

    private static Abandoned Leave(InboxLab lab, string source, string id, FiledName? under = null)
    {
        string review = Directory.CreateDirectory(Path.Combine(lab.Destination, "review")).FullName;
        FiledName name = under ?? FiledName.Free(review, "a.png");
        string folder = Path.Combine(lab.Destination, ".nanonets", "20250317T120000Z-0");
        Directory.CreateDirectory(folder);
        File.WriteAllText(folder + ".lock", "");
        return new Abandoned(lab, folder, new FilingRecord
        {
            Source = source,
            Original = name.Original,
            Result = name.Result,
            RequestFileId = id,
            ModelId = lab.Emulator.Options.ModelId,
            FiledAs = name.Original,
            PageCount = 1,
        });
    }

    /// <summary>The folder of a run that is gone.</summary>
    private sealed class Abandoned(InboxLab lab, string folder, FilingRecord record)
    {
        public string Folder { get; } = folder;

        public FilingRecord Record { get; } = record;

        private string ResultPath => Path.Combine(Folder, "result.json");

        private string RecordPath => Path.Combine(Folder, "filing.json");

        public void WriteResult() =>
            File.WriteAllText(ResultPath, $"{{\"SourcePath\": {System.Text.Json.JsonSerializer.Serialize(Record.Original)}}}");

        public void WriteRecord(bool isWhole) => File.WriteAllBytes(RecordPath, isWhole ? Record.ToBytes() : Record.ToBytes()[..20]);

        public void WriteRow(bool isWhole)
        {
            string row = $"\"a.png\",,,\"{Record.Original}\",\"{Record.RequestFileId}\",,\"review\"";
            string header = new RowsText(lab.Order().ToOptions()).Header;
            File.WriteAllText(
                Path.Combine(Folder, "rows.csv"), $"{header}{Environment.NewLine}{(isWhole ? row + Environment.NewLine : row[..9])}");
        }

        public void NameResult(bool keepsOld)
        {
            File.Copy(ResultPath, Record.Result);
            if (!keepsOld)
                File.Delete(ResultPath);
        }

        public async Task TellJournalAsync()
        {
            using SqliteJournal journal = SqliteJournal.Open(lab.Order().Journal);
            JournalEntry entry = Assert.Single(journal.Query(new JournalQuery()));
            var finished = new UploadChange.Finished(DateTimeOffset.UtcNow, 1, 0) { FiledAs = Record.Original };
            await journal.FinishAsync(entry.Origin, entry.ModelId, Record.RequestFileId!, finished, TestContext.Current.CancellationToken);
        }

        public void RemoveRecord() => File.Delete(RecordPath);
    }
}
