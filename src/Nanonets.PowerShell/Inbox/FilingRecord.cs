using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nanonets.Inbox;

/// <summary>
/// What is about to be done to file a document, written down before it is done, so that whoever comes next can finish it or take it back.
/// A run files one document at a time, so that it leaves one record at most.
/// </summary>
/// <remarks>
/// The steps, and what a run that was cut off after each of them leaves to the next:
/// <code>
/// 1 result.json in the run's folder    → removed with the folder
/// 2 this record                        → the same
/// 3 rows of the document               → cut off again, by RowsLength
/// 4 result.json gets its name          → removed again: the document is filed anew, and gets the same name
/// 5 the original gets its name         → filed; to another volume: a whole copy and the original are both there, and that is removed
/// 6 the journal knows the place        → it is told now
/// 7 this record is removed
/// </code>
/// </remarks>
internal sealed record FilingRecord
{
    /// <summary>Where the original lay.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Where the original goes.</summary>
    public string Original { get; init; } = string.Empty;

    /// <summary>Where its result goes: the file that claims the name.</summary>
    public string Result { get; init; } = string.Empty;

    /// <summary>Bytes of the rows before its own.</summary>
    public long RowsLength { get; init; }

    /// <summary>The service's id; null where it has none.</summary>
    public string? RequestFileId { get; init; }

    public string? ModelId { get; init; }

    /// <summary>Where the journal says from now on that it lies; null when another of the same content was filed before.</summary>
    public string? FiledAs { get; init; }

    public int PageCount { get; init; }

    public int FailedPages { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FilingJson.Default.FilingRecord);

    /// <returns>Null when there is none, or it was cut off while it was written: then nothing was done.</returns>
    public static FilingRecord? Read(string path)
    {
        if (!File.Exists(path))
            return null;

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), FilingJson.Default.FilingRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether its result has its name: nobody else has that name then.</summary>
    /// <param name="staged">Where the result was before. A system may have given the new name and not yet taken the old one.</param>
    public bool HasItsName(string staged) => File.Exists(Result) && (!File.Exists(staged) || OriginalFile.IsSame(Result, staged));
}

[JsonSerializable(typeof(FilingRecord))]
internal sealed partial class FilingJson : JsonSerializerContext;
