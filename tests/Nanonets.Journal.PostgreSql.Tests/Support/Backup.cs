using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Tests;

namespace Nanonets.Journal.PostgreSql.Tests.Support;

/// <summary>A copy of a journal's tables, which can be put back: what a recovery to a point in time does to one schema.</summary>
internal sealed class Backup
{
    private static readonly string[] s_tables = ["journal", "run", "target", "listed", "entry"];

    private readonly PostgreSqlCluster _cluster;
    private readonly string _schema;
    private readonly string _copy;

    private Backup(PostgreSqlCluster cluster, string schema, string copy) => (_cluster, _schema, _copy) = (cluster, schema, copy);

    public static async Task<Backup> TakeAsync(PostgreSqlCluster cluster, string schema, int number)
    {
        var backup = new Backup(cluster, schema, $"{schema}_{number}");
        await cluster.ExecuteAsync($"CREATE SCHEMA {backup._copy};"
            + string.Concat(s_tables.Select(table => $"CREATE TABLE {backup._copy}.{table} AS TABLE {schema}.{table};")));
        return backup;
    }

    public async Task RestoreAsync()
    {
        IEnumerable<string> all = s_tables.Select(table => $"{_schema}.{table}");
        await _cluster.ExecuteAsync($"TRUNCATE {string.Join(", ", all)};" + string.Concat(s_tables.Select(
            table => $"INSERT INTO {_schema}.{table} OVERRIDING SYSTEM VALUE TABLE {_copy}.{table};")));
    }
}
