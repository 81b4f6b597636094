using System;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;

namespace Nanonets.Client.Tests.Journaling;

/// <summary>The journal of a run without one on disk.</summary>
public sealed class MemoryJournalTests : JournalConformance, IDisposable
{
    private readonly MemoryJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    private protected override IUploadJournal Open() => _journal;
}
