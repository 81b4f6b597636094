using System.Collections.Generic;
using System.Threading;
using Nanonets.Client.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>What the parts of a run share, for tests of one of them; keeps what it was told.</summary>
internal sealed class TestContexts : ISendingLog
{
    public List<string> Warnings { get; } = [];

    public SendingContext Of(TestClient test, IJournalRun run, SendingOptions? options = null, CancellationToken stop = default) => new()
    {
        Client = test.Client,
        JournalLocation = "memory",
        IsDurable = true,
        Run = run,
        Options = options ?? new SendingOptions(),
        Log = this,
        Stop = stop,
    };

    public void Verbose(string text)
    {
    }

    public void Warn(string text) => Warnings.Add(text);
}
