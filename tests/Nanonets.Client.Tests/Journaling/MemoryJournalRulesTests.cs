using System;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;

namespace Nanonets.Client.Tests.Journaling;

/// <summary>The rules of the journal of a run without one on disk.</summary>
public sealed class MemoryJournalRulesTests : JournalRulesConformance, IDisposable
{
    private readonly MemoryJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    private protected override IUploadJournal Open() => _journal;
}
