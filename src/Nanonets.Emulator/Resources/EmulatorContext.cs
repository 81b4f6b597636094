using System;
using System.Collections.Concurrent;
using System.Threading;
using Nanonets.Emulator.Control;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>What the handlers share.</summary>
internal sealed class EmulatorContext : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public EmulatorContext(EmulatorOptions options)
    {
        Options = options;
        Clock = new EmulatorClock(options.TimeProvider);
        Models = new ModelStore(options);
        Faults = new FaultList(options.Seed ?? 0);
        Ids = new IdFactory(options.Seed, Clock);
        SigningKey = Ids.Random();
    }

    public EmulatorOptions Options { get; }

    public EmulatorClock Clock { get; }

    public FaultList Faults { get; }

    public RequestLog Requests { get; } = new();

    public ModelStore Models { get; }

    public FileStore Files { get; } = new();

    public RateLimiter Rate { get; } = new();

    public BillingLedger Billing { get; } = new();

    public IdFactory Ids { get; }

    /// <summary>Documents that uploads can name by address.</summary>
    public ConcurrentDictionary<string, byte[]> Served { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends all requests that are still going on when the emulator stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Signs addresses for as long as this emulator runs.</summary>
    public string SigningKey { get; }

    /// <summary>Set when the port is known.</summary>
    public Uri BaseUri { get; set; } = new("http://127.0.0.1/");

    public Uri Serve(string name, byte[] content)
    {
        Served[name] = content;
        return new Uri(BaseUri, $"{ControlHandler.Prefix[1..]}documents/{Uri.EscapeDataString(name)}");
    }

    /// <summary>Forgets everything but the options.</summary>
    public void Reset()
    {
        Files.Clear();
        Models.Clear();
        Billing.Clear();
        Rate.Clear();
        Served.Clear();
        Requests.Clear();
        Faults.Clear();
        Clock.Reset();
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    public DateTimeOffset Now => Clock.Now;
}
