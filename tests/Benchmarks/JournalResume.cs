using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Nanonets.Benchmarks.Contenders;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// Going on with a journal of a million documents, in a file and in a database: from the start of the cmdlet until a new document is sent
/// and known ones are answered, and what it takes of memory.
/// </summary>
internal static class JournalResume
{
    private const int Known = 100;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        int documents = bench.Options.Of(1_000_000);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanonets-journal-");
        try
        {
            string path = Path.Combine(folder.FullName, "uploads.db");
            List<Finding> findings = [.. await GoOnAsync(bench, documents, "journal", path, () => MultiplyAsync(path, documents))];
            await using JournalDatabase? database = await JournalDatabase.StartAsync();
            if (database is not null)
            {
                findings.AddRange(await GoOnAsync(
                    bench, documents, "journal in a database", database.Address("j"), () => MultiplyAsync(database, "j", documents)));
            }

            return findings;
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task<IEnumerable<Finding>> GoOnAsync(
        Bench bench, int documents, string name, string journal, Func<Task> multiply)
    {
        string[] files = bench.Documents(Known + bench.Options.Rounds + 1, 10 * 1024);
        bench.Module.Set("journal", journal);
        await bench.Module.SendAsync(files[..Known], 8, parameters: "-Journal $journal");
        await multiply();
        List<double> times = [], growth = [];
        for (int round = 0; round <= bench.Options.Rounds; round++)
        {
            await bench.Sink.ResetAsync();
            await using var memory = new MemoryWatch();
            double time = (await bench.Module.SendAsync(files[..(Known + round + 1)], 8, parameters: "-Journal $journal"))
                .Wall.TotalSeconds;
            if (await bench.Sink.DocumentsAsync() != 1)
                throw new InvalidDataException("Not just the new document was sent.");
            if (round == 0)
                continue;
            times.Add(time);
            growth.Add(memory.GrowthInMegabytes);
        }

        double median = Sample.Median(times), asked = await AskAsync(bench);
        return
        [
            new($"going on with a {name} of {documents:N0} documents: time", "at most 2 s",
                $"{median:0.00} s, with {Known} known documents and a new one", median <= 2),
            new($"a query by path in a {name} of {documents:N0} documents", "at most 2 s", $"{asked:0.00} s", asked <= 2),
            new($"going on with a {name} of {documents:N0} documents: highest memory over idle", "at most 100 MB",
                $"{growth.Max():0.0} MB", growth.Max() <= 100),
        ];
    }

    private static async Task<double> AskAsync(Bench bench)
    {
        Sample sample = await Sample.OfAsync(
            () => Task.Run(() => bench.Module.Run("Get-NanonetsJournalEntry -Journal $journal -SourcePath *doc-00000.pdf-77 | Out-Null")));
        return sample.Wall.TotalSeconds;
    }

    /// <summary>Makes many documents of the few that are there: the same but for what they are known by.</summary>
    private static async Task MultiplyAsync(string path, int documents)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var columns = new List<string>();
        await using (SqliteDataReader row = await Command("SELECT name FROM pragma_table_info('entry') WHERE name <> 'id'")
            .ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
                columns.Add(row.GetString(0));
        }

        IEnumerable<string> values = columns.Select(static name => name switch
        {
            "content_hash" => "lower(hex(randomblob(32)))",
            "request_file_id" => "lower(hex(randomblob(16)))",
            "source_path" => "source_path || '-' || number",
            _ => name,
        });
        await Command($"""
            WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {documents / Known})
            INSERT INTO entry ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM entry, numbers
            """).ExecuteNonQueryAsync();

        SqliteCommand Command(string sql)
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return command;
        }
    }

    /// <summary>The same in a database.</summary>
    private static async Task MultiplyAsync(JournalDatabase database, string schema, int documents)
    {
        string[] columns = ((string)(await database.ExecuteAsync(
            "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_schema = '" + schema
                + "' AND table_name = 'entry' AND column_name <> 'id'"))!).Split(',');
        IEnumerable<string> values = columns.Select(static name => name switch
        {
            "content_hash" => "md5(random()::text) || md5(random()::text)",
            "request_file_id" => "md5(random()::text)",
            "source_path" => "source_path || '-' || number",
            _ => name,
        });
        await database.ExecuteAsync($"INSERT INTO {schema}.entry ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} "
            + $"FROM {schema}.entry, generate_series(1, {documents / Known}) number");
        await database.ExecuteAsync($"ANALYZE {schema}.entry");
    }
}
