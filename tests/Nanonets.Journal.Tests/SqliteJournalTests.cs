using System;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Tests.Conformance;

namespace Nanonets.Journal.Tests;

/// <summary>The journal in a file, held to what every journal must do.</summary>
public sealed class SqliteJournalTests : JournalConformance, IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IUploadJournal Open() => SqliteJournal.Open(_folder.Journal);
}
