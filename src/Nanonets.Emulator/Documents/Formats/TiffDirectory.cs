using System.Collections.Generic;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>One image file directory: its numeric entries and where the next directory is.</summary>
internal sealed class TiffDirectory
{
    // More strips than any page has rows; a hostile count must not make us read or allocate by it.
    private const long MaximumValues = 100_000;
    private const int EntrySize = 12;
    private readonly TiffBytes _bytes;
    private readonly Dictionary<TiffTag, (long Type, long Count, long Position)> _entries = [];

    private TiffDirectory(TiffBytes bytes) => _bytes = bytes;

    public long Next { get; private init; }

    public long FileLength => _bytes.Length;

    /// <summary>Bit 0 marks a reduced copy of another picture, bit 2 a transparency mask: neither is a page.</summary>
    public bool IsThumbnailOrMask => ((Number(TiffTag.NewSubfileType) ?? 0) & 0b101) != 0;

    public static TiffDirectory? Read(TiffBytes bytes, long offset)
    {
        if (bytes.UInt16(offset) is not { } count || bytes.UInt32(offset + 2 + (count * EntrySize)) is not { } next)
            return null;
        var directory = new TiffDirectory(bytes) { Next = next };
        for (var position = offset + 2; position < offset + 2 + (count * EntrySize); position += EntrySize)
        {
            // Everything up to the next offset lies inside the file, so these reads succeed.
            var tag = (TiffTag)(bytes.UInt16(position) ?? 0);
            directory._entries[tag] = (bytes.UInt16(position + 2) ?? 0, bytes.UInt32(position + 4) ?? 0, position + 8);
        }

        return directory;
    }

    /// <summary>The first value of an entry, or null if it is missing, not a whole number or outside the file.</summary>
    public long? Number(TiffTag tag) => Numbers(tag) is { Count: > 0 } numbers ? numbers[0] : null;

    /// <summary>All values of an entry, or null as above.</summary>
    public IReadOnlyList<long>? Numbers(TiffTag tag)
    {
        if (!_entries.TryGetValue(tag, out var entry) || entry.Count is < 1 or > MaximumValues)
            return null;
        var size = entry.Type switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
        if (size == 0)
            return null;
        var start = entry.Count * size <= 4 ? entry.Position : _bytes.UInt32(entry.Position) ?? -1;
        var numbers = new List<long>();
        for (var i = 0; i < entry.Count; i++)
        {
            var position = start + (i * size);
            var number = size switch { 1 => _bytes.UInt8(position), 2 => _bytes.UInt16(position), _ => _bytes.UInt32(position) };
            if (start < 0 || number is null)
                return null;
            numbers.Add(number.Value);
        }

        return numbers;
    }
}

/// <summary>The entries that are looked at.</summary>
internal enum TiffTag
{
    NewSubfileType = 254,
    Width = 256,
    Height = 257,
    BitsPerSample = 258,
    Compression = 259,
    Photometric = 262,
    FillOrder = 266,
    StripOffsets = 273,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripLengths = 279,
    PlanarConfiguration = 284,
    Predictor = 317,
    TileOffsets = 324,
    TileLengths = 325,
}
