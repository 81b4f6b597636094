using System;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>What the handlers share.</summary>
internal sealed class EmulatorContext
{
    public EmulatorContext(EmulatorOptions options)
    {
        Options = options;
        Ids = new IdFactory(options.Seed, options.TimeProvider);
        SigningKey = Ids.Random();
    }

    public EmulatorOptions Options { get; }

    public FileStore Files { get; } = new();

    public BillingLedger Billing { get; } = new();

    public IdFactory Ids { get; }

    /// <summary>Signs addresses for as long as this emulator runs.</summary>
    public string SigningKey { get; }

    /// <summary>Set when the port is known.</summary>
    public Uri BaseUri { get; set; } = new("http://127.0.0.1/");

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();
}
