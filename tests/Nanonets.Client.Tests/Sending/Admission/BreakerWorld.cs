using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Client.Tests.Sending.Simulation;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Sending.Admission;

namespace Nanonets.Client.Tests.Sending.Admission;

/// <summary>A breaker in a time of its own, and a service that answers questions or is silent.</summary>
internal sealed class BreakerWorld : ISendingLog
{
    private readonly Document[] _documents =
    [
        .. Enumerable.Range(0, 10).Select(static number => new Document(new MemorySource($"{number}.pdf", $"{number}"))),
    ];

    private BreakerWorld(TimeSpan patience) =>
        Breaker = new OutageBreaker(new ProcessClock(Time, TimeSpan.Zero), _ => Ask(), patience, this, CancellationToken.None);

    public SimulatedTime Time { get; } = new();

    public OutageBreaker Breaker { get; }

    /// <summary>When it was asked whether the service is there, counted from the start.</summary>
    public List<TimeSpan> Asked { get; } = [];

    /// <summary>How many questions stay without an answer.</summary>
    public int SilentProbes { get; set; }

    public Exception? Throws { get; set; }

    /// <summary>Whether it is the log that throws, and not the probe.</summary>
    public bool LogThrows { get; set; }

    public static void Run(Action<BreakerWorld> test, TimeSpan? patience = null) =>
        Simulate.Run(() => test(new BreakerWorld(patience ?? TimeSpan.FromDays(30))));

    public Task<bool> Enter() => Breaker.EnterAsync(CancellationToken.None);

    public void End(char how)
    {
        switch (how)
        {
            case '+':
                Breaker.Answered();
                break;
            case '.':
                Breaker.Left();
                break;
            case 'L':
                Breaker.Failed([_documents[0]], isLost: true);
                break;
            default:
                Breaker.Failed([_documents[how - '0']], isLost: false);
                break;
        }
    }

    public void Open() => Breaker.Open();

    /// <summary>Lets time pass, and everything happen that is due until then.</summary>
    public void Pass(TimeSpan span)
    {
        Task over = Time.Delay(span, CancellationToken.None);
        PassUntil(() => over.IsCompleted);
    }

    public void PassUntil(Func<bool> isOver)
    {
        while (!isOver())
            Assert.True(Time.Step(), "Nothing is due, and somebody waits.");

        // What is due at the same moment happens too, and what that brings about.
        for (int round = 0; round < 5; round++)
        {
            for (Task now = Time.Delay(TimeSpan.Zero, CancellationToken.None); !now.IsCompleted;)
                Time.Step();
        }
    }

    private async Task<bool> Ask()
    {
        Asked.Add(Time.Elapsed);
        await Time.Delay(TimeSpan.Zero, CancellationToken.None);
        return Throws is { } failure && !LogThrows ? throw failure : SilentProbes-- <= 0;
    }

    public void Verbose(string text)
    {
    }

    public void Warn(string text)
    {
        if (LogThrows)
            throw Throws!;
    }
}
