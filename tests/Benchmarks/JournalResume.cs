using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Nanonets.Benchmarks.Measuring;

namespace Nanonets.Benchmarks;

/// <summary>
/// Going on with a journal of a million documents: from the start of the cmdlet until a new document is sent and known ones are answered,
/// and what it takes of memory.
/// </summary>
internal static class JournalResume
{
    private const int Known = 100;

    public static async Task<IEnumerable<Finding>> RunAsync(Bench bench)
    {
        int documents = bench.Options.Of(1_000_000);
        string[] files = bench.Documents(Known + bench.Options.Rounds + 1, 10 * 1024);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanonets-journal-");
        try
        {
            string path = Path.Combine(folder.FullName, "uploads.db");
            bench.Module.Set("journal", path);
            await bench.Module.SendAsync(files[..Known], 8, parameters: "-Journal $journal");
            Multiply(path, documents);
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
                new($"going on with a journal of {documents:N0} documents: time", "at most 2 s",
                    $"{median:0.00} s, with {Known} known documents and a new one", median <= 2),
                new($"a query by path in a journal of {documents:N0} documents", "at most 2 s", $"{asked:0.00} s", asked <= 2),
                new($"going on with a journal of {documents:N0} documents: highest memory over idle", "at most 100 MB",
                    $"{growth.Max():0.0} MB", growth.Max() <= 100),
            ];
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task<double> AskAsync(Bench bench)
    {
        Sample sample = await Sample.OfAsync(
            () => Task.Run(() => bench.Module.Run("Get-NanonetsJournalEntry -Journal $journal -SourcePath *doc-00000.pdf-77 | Out-Null")));
        return sample.Wall.TotalSeconds;
    }

    /// <summary>Makes many documents of the few that are there: the same but for what they are known by.</summary>
    private static void Multiply(string path, int documents)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        var columns = new List<string>();
        using (SqliteDataReader row = Command("SELECT name FROM pragma_table_info('entry') WHERE name <> 'id'").ExecuteReader())
        {
            while (row.Read())
                columns.Add(row.GetString(0));
        }

        IEnumerable<string> values = columns.Select(static name => name switch
        {
            "content_hash" => "lower(hex(randomblob(32)))",
            "request_file_id" => "lower(hex(randomblob(16)))",
            "source_path" => "source_path || '-' || number",
            _ => name,
        });
        Command($"""
            WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {documents / Known})
            INSERT INTO entry ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM entry, numbers
            """).ExecuteNonQuery();

        SqliteCommand Command(string sql)
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return command;
        }
    }
}
