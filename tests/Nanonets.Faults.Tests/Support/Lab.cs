using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Http;
using Nanonets.Journaling;
using Nanonets.Sending;
using Nanonets.Documents;
using Nanonets.Journal;

namespace Nanonets.Faults.Tests.Support;

/// <summary>
/// An emulator on a real socket, a folder of real files, a journal on the disk, and senders that work on them night after night in a time
/// of their own. After each night the promises that hold in every row of the matrix are checked: see <see cref="Promises"/>.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    /// <summary>Far above what any row needs on a busy machine: only a row that hangs meets it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly LabTimeProvider _provider;
    private int _served;

    private Lab(LabTime time, LabTimeProvider provider, EmulatorServer emulator)
    {
        (Time, _provider, Emulator) = (time, provider, emulator);
        Promises = new Promises(this);
    }

    public LabTime Time { get; }

    public EmulatorServer Emulator { get; }

    public string Model => Emulator.Options.ModelId;

    public string Folder { get; } = Directory.CreateTempSubdirectory("nanonets-faults-").FullName;

    public string JournalPath => Path.Combine(Folder, "uploads.db");

    public Promises Promises { get; }

    /// <summary>Uploads that reached the emulator.</summary>
    public IReadOnlyList<LoggedRequest> Posts =>
        [.. Emulator.Requests.All.Where(static request => request.Route is "LabelFile" or "LabelUrls")];

    public int Listings => Emulator.Requests.All.Count(static request => request.Route == "List");

    public int Charges => Emulator.Billing.Charges.Count;

    public static async Task<Lab> StartAsync(Action<EmulatorOptions>? configure = null, DateTimeOffset? start = null)
    {
        var time = start is { } at ? new LabTime { Start = at } : new LabTime();
        var provider = new LabTimeProvider(time);
        var options = new EmulatorOptions { AcceptAnyContent = true, ProcessingTimePerPage = TimeSpan.Zero, TimeProvider = provider,
            Seed = 20250317 };
        configure?.Invoke(options);
        return new Lab(time, provider, await EmulatorServer.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>Writes documents, each of its own content.</summary>
    public UploadSource[] Documents(int count, int from = 0, int bytes = 200) =>
        [.. Enumerable.Range(from, count).Select(number => Document($"doc-{number:00000}.pdf", bytes: bytes))];

    /// <summary>Writes a document.</summary>
    /// <param name="name">Its path below the folder of documents.</param>
    /// <param name="content">What makes it a document of its own; its name when null.</param>
    /// <param name="bytes">About its size.</param>
    public UploadSource Document(string name, string? content = null, int bytes = 200)
    {
        string path = Path.Combine(Folder, "in", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"%PDF-1.4\n{content ?? name}\n".PadRight(bytes, '%'));
        return UploadSource.FromPath(path);
    }

    public FaultRule Fault(FaultRule rule) => Emulator.Faults.Add(rule);

    /// <summary>A client with the time of the lab.</summary>
    public NanonetsClient Client(TimeSpan wrongBy = default, Action<NanonetsClientOptions>? configure = null, Uri? address = null)
    {
        var options = new NanonetsClientOptions(Emulator.Options.ApiKey) { BaseUri = address ?? Emulator.ApiUri };
        configure?.Invoke(options);
        var transport = new WatchedTransport(Transport.Create(options), Time);
        var clock = new LabClock(Time, wrongBy);
        Time.Wire = () => Math.Max(transport.Open, clock.Alarms) is > 0 and int open ? Wire(open) : WireState.Idle;
        return new NanonetsClient(options, transport, clock);
    }

    /// <summary>Opens a night without running it.</summary>
    public async Task<Night> OpenAsync(
        SendingOptions? options = null, int throttle = 5, bool durable = true, TimeSpan wrongBy = default, NanonetsClient? client = null,
        IUploadJournal? journal = null)
    {
        var kept = new WatchedJournal(journal ?? (durable ? SqliteJournal.Open(JournalPath) : new MemoryJournal()), Time);
        return new Night(client ?? Client(wrongBy), kept, await kept.StartRunAsync(CancellationToken.None), options ?? new SendingOptions(),
            throttle, durable);
    }

    /// <summary>Sends documents to the end, one a request, and checks every promise.</summary>
    public async Task<Night> NightAsync(
        IReadOnlyCollection<UploadSource> documents, SendingOptions? options = null, int throttle = 5,
        Func<UploadSource, string?>? metadata = null, bool durable = true, TimeSpan wrongBy = default)
    {
        Night night = await OpenAsync(options, throttle, durable, wrongBy);
        await RunAsync(night, documents.Select(document => Job(document, metadata?.Invoke(document))));
        Assert.Equal(documents.Count, night.Tally.Documents);
        return night;
    }

    /// <summary>Runs an open night to its end and checks every promise.</summary>
    public async Task RunAsync(Night night, IEnumerable<SendRequest> jobs)
    {
        SendRequest[] all = [.. jobs];
        try
        {
            await night.RunAsync(all).WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            night.Dispose();
        }

        await Promises.CheckAsync(night, [.. all.SelectMany(static job => job.Documents)]);
    }

    public SendRequest Job(UploadSource document, string? metadata = null, int pages = 1) => Job([document], metadata, pages);

    public SendRequest Job(IReadOnlyList<UploadSource> documents, string? metadata = null, int pages = 1) =>
        new(Model, [.. documents.Select(document => new Document(document) { Pages = pages })]) { Metadata = metadata };

    /// <summary>Entries of the journal.</summary>
    public JournalEntry[] Entries()
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(JournalPath);
        return [.. journal.Query(new JournalQuery())];
    }

    /// <summary>Time passes, and the emulator forgets its faults.</summary>
    public void Mend(TimeSpan after)
    {
        Emulator.Faults.Clear();
        ListingOptions listing = Emulator.Options.Listing;
        (listing.HidesQueued, listing.Lag, listing.MaxPages, listing.Metadata) = (false, TimeSpan.Zero, null, ListedMetadata.AsSent);
        Time.Pass(after);
    }

    /// <summary>Serves a document under an address of this machine.</summary>
    public UploadSource Address(string name, string content) =>
        UploadSource.FromUri(Emulator.Serve(name, Encoding.UTF8.GetBytes($"%PDF-1.4\n{content} {_served++}")));

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Time.Dispose();
        Directory.Delete(Folder, true);
    }

    private WireState Wire(int open)
    {
        IReadOnlyList<LoggedRequest> here = Emulator.Requests.Open;
        int waits = _provider.Waiting + here.Count(
            static request => request.Fault is FaultKind.Stall or FaultKind.StallAfter or FaultKind.StalledAnswer or FaultKind.StallUpload);
        return here.Count > waits || open > waits ? WireState.Busy : WireState.Waiting;
    }
}
