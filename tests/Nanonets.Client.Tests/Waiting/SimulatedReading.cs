using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Sending.Simulation;

namespace Nanonets.Client.Tests.Waiting;

/// <summary>A service that reads documents in simulated time, and people who wait for them.</summary>
internal sealed class SimulatedReading : HttpMessageHandler
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly SimulatedTime _time = new();
    private readonly Dictionary<string, (TimeSpan Accepted, TimeSpan Took, int Pages)> _files = [];
    private readonly Dictionary<string, TimeSpan> _lags = [];
    private readonly Random? _random;

    /// <param name="seed">Decides how long answers take; 0 for always the same.</param>
    public SimulatedReading(int seed = 0)
    {
        _random = seed == 0 ? null : new Random(seed);
        Clock = new ProcessClock(_time, TimeSpan.Zero);
        Client = new NanonetsClient(new NanonetsClientOptions("key") { MaximumRetryCount = 0 }, this, Clock);
        Waiter = new ResultWaiter(Client, TimeSpan.FromHours(2));
    }

    public ProcessClock Clock { get; }

    public NanonetsClient Client { get; }

    public ResultWaiter Waiter { get; }

    /// <summary>Questions about one file.</summary>
    public int Questions { get; private set; }

    public int Listings { get; private set; }

    /// <summary>When each question came.</summary>
    public List<TimeSpan> Asked { get; } = [];

    /// <summary>Pages of others that a listing holds.</summary>
    public int PagesOfOthers { get; set; }

    public TimeSpan ListingTakes { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Says when a listing is finished what the files' own answers deny.</summary>
    public bool ListingLies { get; set; }

    public double RequestsPerDocument => (double)(Questions + Listings) / _files.Count;

    /// <summary>How long after it was finished a document was asked for, for all but the slowest 5 %.</summary>
    public TimeSpan Lag95 => _lags.Values.Order().ElementAt((int)(_lags.Count * 0.95));

    /// <summary>Sends documents one after the other and waits for all of them.</summary>
    /// <param name="takes">How long each takes.</param>
    /// <param name="every">Time between two.</param>
    /// <param name="fresh">Whether the waiter is told when they were accepted.</param>
    public void Run(IReadOnlyList<TimeSpan> takes, TimeSpan every, bool fresh = true) =>
        Simulate.Run(() =>
        {
            int before = _files.Count;
            Task waits = Task.WhenAll(
                takes.Select((took, at) => WaitForAsync($"{before:000}-{at:000}", took, every * at, fresh)).ToArray());

            // Who waits for a document goes on elsewhere; the world itself moves on this thread alone.
            while (!waits.IsCompleted)
            {
                if (!_time.Step() && !waits.Wait(s_patience))
                    throw new InvalidOperationException("Deadlock: nothing is due, and somebody waits.");
            }

            waits.GetAwaiter().GetResult();
        });

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan span) => _time.Pass(span);

    private async Task WaitForAsync(string id, TimeSpan took, TimeSpan after, bool fresh)
    {
        await Clock.Delay(after, CancellationToken.None);
        TimeSpan accepted = Clock.Elapsed;
        _files.Add(id, (accepted, took, 1));
        FileResult result = await Waiter.WaitAsync(
            "m", id, 1, TimeSpan.FromSeconds(fresh ? 1 : 0), fresh ? accepted : null, CancellationToken.None);
        Assert.Equal((id, PageState.Success), (Assert.Single(result.Pages).RequestFileId, result.Pages[0].State));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string id = request.RequestUri!.Segments[^1];
        bool isListing = id == "ImageLevelInferences";
        if (isListing)
            Listings++;
        else
            Questions++;
        Asked.Add(Clock.Elapsed);
        TimeSpan answers = TimeSpan.FromMilliseconds(_random?.Next(40, 300) ?? 100);
        await Clock.Delay(isListing ? ListingTakes : answers, cancellationToken);
        if (!isListing && _files.TryGetValue(id, out var asked) && Clock.Elapsed - asked.Accepted >= asked.Took)
            _lags.TryAdd(id, Clock.Elapsed - asked.Accepted - asked.Took);
        IEnumerable<string> pages = isListing
            ? _files.Select(file => Page(file.Key, ListingLies))
                .Concat(Enumerable.Range(0, PagesOfOthers).Select(other => Page($"other-{other}", false)))
            : [Page(id, false)];
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(
                $$"""{"moderated_images":[],"unmoderated_images":[{{string.Join(",", pages)}}]}""", Encoding.UTF8, "application/json"),
        };
    }

    private string Page(string id, bool finished)
    {
        finished |= _files.TryGetValue(id, out var file) && Clock.Elapsed >= file.Accepted + file.Took;
        return $$"""{"id":"p-{{id}}","request_file_id":"{{id}}","page":0,"status":"{{(finished ? "success" : "pending")}}"}""";
    }
}
