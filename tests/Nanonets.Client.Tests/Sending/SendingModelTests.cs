using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Documents;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>
/// The sender in random worlds: every kind of failure, a listing with bad habits, processes killed at any step and started again, night
/// after night. Each world has a seed and is repeatable. Two things must hold in all of them: nothing is lost, and nothing is billed twice.
/// </summary>
public class SendingModelTests
{
    private const int WorldsPerBatch = 20;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 20)];

    public static TheoryData<int> Parts => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Nothing_is_lost_and_nothing_is_billed_twice(int batch) => Live(batch, events: false);

    [Theory]
    [MemberData(nameof(Batches))]
    public void Nothing_is_billed_twice_with_restored_lost_and_shared_journals_failing_listings_and_several_models(int batch) =>
        Live(batch, events: true);

    /// <summary>A hundred thousand worlds in ten parts: half an hour of a processor.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Parts))]
    public void In_a_hundred_thousand_worlds_nothing_is_lost_and_nothing_is_billed_twice(int part)
    {
        const int batches = 10_000 / WorldsPerBatch;
        for (int batch = part * batches; batch < (part + 1) * batches; batch++)
            Live(batch, events: batch % 4 != 0);
    }

    /// <summary>Worlds in which something went wrong once.</summary>
    [Theory]
    [InlineData(31557)]
    [InlineData(52143)]
    [InlineData(68676)]
    [InlineData(72466)]
    public void What_went_wrong_once_stays_right(int seed) => Simulate.Run(() => LiveOnce(seed));

    private static void Live(int batch, bool events) => Simulate.Run(() =>
    {
        for (int seed = batch * WorldsPerBatch; seed < (batch + 1) * WorldsPerBatch; seed++)
            LiveOnce(seed, events);
    });

    private static void LiveOnce(int seed, bool events = true)
    {
        try
        {
            using var world = new World(seed, events);
            world.Live();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"World {seed}: {failure.Message}", failure);
        }
    }

    private sealed class World : IDisposable
    {
        private static readonly Mishap[] s_mishaps =
            [.. Enum.GetValues<Mishap>().Where(static mishap => mishap != Simulation.Mishap.TlsAlert)];

        private readonly Random _random;
        private readonly SimulatedTime _time = new();
        private readonly SimulatedService _service;
        private readonly List<string> _history = [];
        private MemoryJournal _journal = new();
        private MemoryJournal? _backup;
        private readonly MemorySource[] _documents;
        private readonly HashSet<string> _refused;
        private readonly HashSet<string> _answeredFirst = [];
        private readonly HashSet<string> _poisonous;
        private readonly bool _textMetadata;
        private readonly bool _durable;
        private readonly bool _events;
        private readonly bool _goodListing;
        private readonly Random _fate;
        private readonly Random _lots;
        private bool _wasRestored;
        private bool _wasLost;
        private double _rate;

        public World(int seed, bool events)
        {
            (_events, _fate, _lots) = (events, new Random(seed + 2), new Random(seed + 3));
            _random = new Random(seed);
            _service = new SimulatedService(_time, new Random(seed + 1));
            int count = _random.Next(1, 25);
            _documents = [.. Enumerable.Range(0, count)
                .Select(i => new MemorySource(Name(i), $"%PDF-1.7 {seed} document {i} {new string('x', 200)}", $"/in/{i}/{Name(i)}"))];
            _refused = [.. _documents.Where(_ => _random.NextDouble() < 0.05).Select(document => document.FileName)];
            _poisonous = [.. _documents.Where(_ => _random.NextDouble() < 0.05).Select(document => document.FileName)];
            _textMetadata = _random.NextDouble() < 0.25;
            _durable = _random.NextDouble() < 0.8;
            _rate = _random.NextDouble() * 0.6;
            _service.Mishaps = Mishap;
            ListingHabits habits = _service.Listing;
            switch (_random.Next(8))
            {
                case 0: habits.Lag = TimeSpan.FromSeconds(30); break;
                case 1: habits.Lag = TimeSpan.FromHours(1); break;
                case 2: habits.HidesQueued = true; break;
                case 3: habits.DropsMetadata = true; break;
                case 4: habits.TruncatesMetadata = _random.Next(1, 30); break;
                case 5: habits.Cap = _random.Next(1, 12); break;
                case 6: habits.Fails = 0.5; break;
                default: habits.IsCut = _random.NextDouble() * 0.5; break;
            }

            // Half of the worlds with events have a listing without bad habits: there everything must come right again.
            if (events && (_goodListing = _fate.Next(2) == 0))
                (habits.Lag, habits.HidesQueued, habits.DropsMetadata, habits.TruncatesMetadata, habits.Cap, habits.Fails, habits.IsCut) =
                    (TimeSpan.Zero, false, false, null, null, 0, 0);
        }

        public void Dispose()
        {
            _journal.Dispose();
            _backup?.Dispose();
        }

        public void Live()
        {
            int nights = _durable ? _random.Next(1, 6) : 1;
            for (int night = 0; night < nights; night++)
            {
                int lives = _durable ? _random.Next(1, 4) : 1;
                if (_events && _durable)
                    Befall(night);
                for (int life = 1; life <= lives; life++)
                    Night(dies: life < lives);
                _time.Pass(TimeSpan.FromHours(_random.Next(1, 30)));
            }

            // Two quiet nights: whatever can be settled is settled.
            _rate = 0;
            _service.Listing.Fails = 0;
            _service.Listing.IsCut = 0;
            for (int night = 0; night < (_durable ? 2 : 0); night++)
            {
                SimulatedProcess process = Night(dies: false);
                EachEndsOnce(process);
                _time.Pass(TimeSpan.FromHours(24));
            }

            if (_durable && !_wasRestored)
            {
                foreach (MemorySource document
                    in _documents.Where(document => !_refused.Contains(document.FileName) && !_poisonous.Contains(document.FileName)))
                    Assert.True(Entry(document)!.IsDone || Entry(document)!.State == UploadState.Held,
                        $"{document.FileName} is {Entry(document)!.State}.");
            }
        }

        /// <summary>What befalls the journal and the listing between two nights.</summary>
        private void Befall(int night)
        {
            double draw = _fate.NextDouble();
            if (draw < 0.3)
            {
                _backup?.Dispose();
                _backup = JournalCopies.Copy(_journal, JournalContinuity.Restored);
                _history.Add($"night {night}: backed up");
            }
            else if (draw < 0.55 && _backup is not null && _service.Listing.Cap is null)
            {
                // A listing that ends early without a word cannot be seen through, and would be believed.
                (_journal, _backup, _wasRestored) = (_backup, null, true);
                _history.Add($"night {night}: restored");
            }
            else if (draw < 0.65 && night == 1 && _goodListing && !_textMetadata)
            {
                // Lost without a backup: from the tags of the last days it is made anew. That takes a listing that can be read, so it never
                // fails from now on.
                (_service.Listing.Fails, _wasLost) = (0, true);
                (_journal, _wasRestored) = (new MemoryJournal { Continuity = new ModelContinuity(JournalContinuity.New, null) }, true);
                _history.Add($"night {night}: lost");
                return;
            }

            if (!_goodListing || _wasLost)
                return;
            _service.Listing.Fails = _fate.NextDouble() < 0.4 ? 1 : 0;
            _history.Add($"night {night}: the listing {(_service.Listing.Fails > 0 ? "fails" : "is there")}");
        }

        private string ModelOf(MemorySource document) => _events ? "mno"[Array.IndexOf(_documents, document) % 3].ToString() : "m";

        /// <summary>A second run on the same journal, over the same documents from the other end.</summary>
        private void SharedNight(SimulatedProcess first)
        {
            _history.Add("shared");
            var second = new SimulatedProcess(_time, _service, _journal, throttle: _random.Next(1, 6)) { Model = ModelOf };
            _time.Run(Task.WhenAll(first.SendAsync(_documents, Text), second.SendAsync(Enumerable.Reverse(_documents), Text)));
            Check(second);
        }

        private string? Text(MemorySource document) => !_textMetadata ? null : document.FileName.Length % 2 == 0 ? "même" : "one";

        private SimulatedProcess Night(bool dies)
        {
            int? death = dies ? _random.Next(1, 80) : null;
            var options = new SendingOptions { Ordered = _random.NextDouble() < 0.2 && !dies };
            var process = new SimulatedProcess(
                _time, _service, _durable ? _journal : null, options, _random.Next(1, 6), TimeSpan.FromHours(_random.Next(-24, 25)),
                death) { Model = ModelOf };
            if (_events && _durable && !dies && _fate.NextDouble() < 0.3)
                SharedNight(process);
            else
                process.RunUntilEndOrDeath(_documents, Text);

            // What the service began before the process died goes on there.
            for (int i = 0; i < 400 && _time.Step(); i++)
            {
            }

            Check(process);
            return process;
        }

        private void Check(SimulatedProcess process)
        {
            foreach (MemorySource document in _documents)
            {
                int stored = _service.TimesStored(document.Hash);
                Assert.True(stored <= 1, $"{document.FileName} was billed {stored} times. {Describe(document)}");
            }

            foreach (JournalEntry entry in _durable ? _journal.Query(new JournalQuery()) : [])
            {
                int stored = _service.TimesStored(entry.ContentHash);
                if (entry.State is UploadState.Planned or UploadState.Refused && !_wasRestored)
                    Assert.True(stored == 0, $"{entry.Input} is {entry.State} and was stored.");
                if (entry.IsDone)
                    Assert.Equal(entry.ContentHash, _service.Files.Single(file => file.Id == entry.RequestFileId).Hash);
                Assert.True(entry.AmbiguousAttempts <= 2, $"{entry.Input} has {entry.AmbiguousAttempts} ambiguous attempts.");
            }

            if (!process.Clock.IsDead)
                EachEndsOnce(process);
        }

        private void EachEndsOnce(SimulatedProcess process)
        {
            Assert.Equal(_documents.Length, process.Ends.Count);
            Assert.Equal(_documents.Length, process.Ends.Select(end => end.Document).Distinct().Count());
            Assert.Equal(_documents.Length, process.Run.Tally.Documents);
            foreach ((Document document, SendingOutcome outcome) in process.Ends)
            {
                string hash = ((MemorySource)document.Source).Hash;
                if (outcome.HasPages)
                    Assert.Equal(hash, _service.Files.Single(file => file.Id == outcome.RequestFileId).Hash);
                else if (outcome.End is SendingEnd.Refused or SendingEnd.RefusedBefore or SendingEnd.NotSent or SendingEnd.Unsent
                    && !_wasRestored)
                    Assert.True(_service.TimesStored(hash) == 0,
                        $"{document.Source.FileName} ended as {outcome.End} and was stored. {outcome.Error?.Message}");
            }
        }

        private string Describe(MemorySource document) =>
            $"{string.Join(", ", _history)}; Text {_textMetadata}, lag {_service.Listing.Lag}, hides {_service.Listing.HidesQueued}, cap "
                + $"{_service.Listing.Cap}, cut {_service.Listing.IsCut}, truncates {_service.Listing.TruncatesMetadata}; "
            + string.Join("; ", _service.Files.Where(file => file.Hash == document.Hash)
                .Select(file => $"{file.Id} {file.Metadata} at {file.At:HH:mm:ss}"))
            + "; " + string.Join(
                "; ", _service.Log.Where(entry => entry.Name == document.FileName).Select(entry => $"{entry.At} {entry.Mishap}"));

        private JournalEntry? Entry(MemorySource document) =>
            _journal.Query(new JournalQuery()).SingleOrDefault(entry => entry.ContentHash == document.Hash);

        private Mishap Mishap(string name)
        {
            if (name == "early")
                return _random.NextDouble() < _rate * 0.3
                    ? (_random.Next(2) == 0 ? Simulation.Mishap.CutBefore : Simulation.Mishap.CutInTheMiddle)
                    : Simulation.Mishap.None;
            if (_refused.Contains(name))
                return _answeredFirst.Add(name) ? FirstOfRefused() : Simulation.Mishap.Refused;
            if (_poisonous.Contains(name))
                return Simulation.Mishap.Error503Before;
            if (_random.NextDouble() >= _rate)
                return Simulation.Mishap.None;

            Mishap mishap = s_mishaps[_random.Next(s_mishaps.Length)];
            return mishap is Simulation.Mishap.CutBefore or Simulation.Mishap.CutInTheMiddle or Simulation.Mishap.Refused
                ? Simulation.Mishap.None
                : mishap;
        }

        /// <summary>The first answer about a document that is refused may be lost, whatever became of it then.</summary>
        private Mishap FirstOfRefused() => _lots.Next(8) switch
        {
            0 => Simulation.Mishap.LostBefore,
            1 => Simulation.Mishap.LostAfter,
            2 => Simulation.Mishap.Error503Before,
            3 => Simulation.Mishap.TimesOutThenStored,
            4 => Simulation.Mishap.TimesOut,
            _ => Simulation.Mishap.Refused,
        };

        /// <summary>With the user's own text some documents share name and metadata.</summary>
        private string Name(int i) => _random.Next(6) == 0 ? "invoice.pdf" : $"doc-{i}.pdf";
    }
}
