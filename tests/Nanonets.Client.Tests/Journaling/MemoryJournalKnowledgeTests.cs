using System;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;

namespace Nanonets.Client.Tests.Journaling;

/// <summary>What the journal of a run without one on disk knows of the service.</summary>
public sealed class MemoryJournalKnowledgeTests : JournalKnowledgeConformance, IDisposable
{
    private readonly MemoryJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    private protected override IUploadJournal Open() => _journal;

    private protected override IUploadJournal OpenRestored() =>
        new MemoryJournal { Continuity = new ModelContinuity(JournalContinuity.Restored, null) };
}
