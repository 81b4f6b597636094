using System;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;

namespace Nanonets.Journal.Tests;

/// <summary>The rules of the journal in a file.</summary>
public sealed class SqliteJournalRulesTests : JournalRulesConformance, IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IUploadJournal Open() => SqliteJournal.Open(_folder.Journal);
}
