using Nanonets.Journaling;
using Nanonets.Tests;
using Nanonets.Tests.Conformance;

[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>The journal in a database, held to what every journal must do.</summary>
public sealed class PostgreSqlJournalTests(PostgreSqlCluster cluster) : JournalConformance
{
    private readonly JournalLocation _location = JournalLocation.OfDatabase(cluster.NewAddress());

    private protected override IUploadJournal Open() => PostgreSqlJournal.Open(_location);
}

/// <summary>The rules of the journal in a database.</summary>
public sealed class PostgreSqlJournalRulesTests(PostgreSqlCluster cluster) : JournalRulesConformance
{
    private readonly JournalLocation _location = JournalLocation.OfDatabase(cluster.NewAddress());

    private protected override IUploadJournal Open() => PostgreSqlJournal.Open(_location);
}
