using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using Nanonets.Journaling;

namespace Nanonets.Journal.Storage;

/// <summary>The models of services that a journal knows: whether entries of them may be missing, and their page windows.</summary>
internal sealed class TargetTable(PreparedCommands commands)
{
    private readonly Dictionary<(string Origin, string ModelId), long> _numbers = [];
    private readonly Dictionary<long, (string Origin, string ModelId)> _names = [];

    /// <summary>The number of a model; null when the journal does not know it.</summary>
    public long? Find(string origin, string modelId)
    {
        if (_numbers.TryGetValue((origin, modelId), out long known))
            return known;
        return commands.Value("SELECT number FROM target WHERE origin = $1 AND model_id = $2", origin, modelId) is long number
            ? _numbers[(origin, modelId)] = number
            : null;
    }

    /// <summary>
    /// The number of a model, which is entered when the journal does not know it: what holds for unknown models holds for it.
    /// </summary>
    public long FindOrAdd(string origin, string modelId) => Find(origin, modelId)
        ?? (_numbers[(origin, modelId)] = (long)commands.Value(
            "INSERT INTO target (origin, model_id, continuity, known_until) SELECT $1, $2, continuity, known_until FROM "
                + "journal RETURNING number", origin, modelId)!);

    public (string Origin, string ModelId) NameOf(long number)
    {
        if (_names.TryGetValue(number, out (string, string) known))
            return known;

        using SqliteDataReader row = commands.Get("SELECT origin, model_id FROM target WHERE number = $1", number).ExecuteReader();
        return row.Read() ? _names[number] = (row.GetString(0), row.GetString(1)) : throw new JournalFileException(JournalFailure.Damaged);
    }

    /// <summary>Whether entries of a model may be missing.</summary>
    public ModelContinuity ContinuityOf(string origin, string modelId)
    {
        string sql = Find(origin, modelId) is { } target
            ? $"SELECT continuity, known_until FROM target WHERE number = {target}"
            : "SELECT continuity, known_until FROM journal";
        using SqliteDataReader row = commands.Get(sql).ExecuteReader();
        row.Read();
        return new ModelContinuity(
            (JournalContinuity)row.GetInt32(0), row.IsDBNull(1) ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero));
    }

    /// <summary>
    /// Entries of every model may be missing, since the last change of it that is here. A model that was not completed since an earlier
    /// loss keeps that one, also where it is not known since when (null, and so is the smaller of null and anything).
    /// </summary>
    public void MarkRestored()
    {
        const string keepEarlier = "CASE WHEN continuity = 2 THEN min(known_until, coalesce({0}, known_until)) ELSE {0} END";
        string ofTarget = string.Format(System.Globalization.CultureInfo.InvariantCulture, keepEarlier,
            "(SELECT max(changed_at) FROM entry WHERE entry.target = target.number)");
        string ofJournal = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, keepEarlier, "(SELECT max(changed_at) FROM entry)");
        commands.Execute($"UPDATE target SET known_until = {ofTarget}");
        commands.Execute("UPDATE target SET continuity = 2");
        commands.Execute($"UPDATE journal SET known_until = {ofJournal}");
        commands.Execute("UPDATE journal SET continuity = 2");
    }

    /// <summary>
    /// A run was cut off: with a disk that lies about what it has written the end of the log may be lost. A listing of the last days shows
    /// it.
    /// </summary>
    public void MarkDoubtful() => commands.Execute("UPDATE target SET continuity = 1 WHERE continuity = 0");

    /// <summary>No entry of a model is missing any more.</summary>
    public void MarkWhole(string origin, string modelId) =>
        commands.Execute("UPDATE target SET continuity = 0, known_until = NULL WHERE number = $1", FindOrAdd(origin, modelId));

    /// <summary>The page window of a model as text; null when there is none yet.</summary>
    public string? Pace(long target) => commands.Value("SELECT pace FROM target WHERE number = $1", target) as string;

    public void SetPace(long target, string pace) => commands.Execute("UPDATE target SET pace = $2 WHERE number = $1", target, pace);
}
