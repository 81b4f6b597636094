using System.Collections.Generic;

namespace Nanonets.Emulator.Documents.Formats;

/// <summary>One picture of a TIFF: its size and how its pixels are stored.</summary>
internal sealed record TiffPage(PixelSize Size)
{
    public long Compression { get; private init; }

    public long Photometric { get; private init; }

    public long BitsPerSample { get; private init; }

    public int SamplesPerPixel { get; private init; }

    public long RowsPerStrip { get; private init; }

    public long Predictor { get; private init; }

    /// <summary>Pixels lie in strips, all samples of a pixel together, most significant bit first.</summary>
    public bool IsPlainLayout { get; private init; }

    public IReadOnlyList<(long Offset, long Length)> Strips { get; private init; } = [];

    public static TiffPage? From(TiffDirectory directory)
    {
        if (PixelSize.Plausible(directory.Number(TiffTag.Width) ?? 0, directory.Number(TiffTag.Height) ?? 0) is not { } size)
            return null;
        var tiled = directory.Numbers(TiffTag.TileOffsets) is not null;
        var offsets = directory.Numbers(tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        var lengths = directory.Numbers(tiled ? TiffTag.TileLengths : TiffTag.StripLengths);
        if (offsets is null)
            return null;
        var strips = new List<(long Offset, long Length)>();
        for (var i = 0; i < offsets.Count; i++)
        {
            // Old writers leave the lengths of a single strip out; it then runs to the end of the file.
            var length = lengths is not null && i < lengths.Count ? lengths[i] : directory.FileLength - offsets[i];
            if (length < 0 || offsets[i] + length > directory.FileLength)
                return null;
            strips.Add((offsets[i], length));
        }

        var planar = (directory.Number(TiffTag.PlanarConfiguration) ?? 1) != 1;
        return new TiffPage(size)
        {
            Compression = directory.Number(TiffTag.Compression) ?? 1,
            Photometric = directory.Number(TiffTag.Photometric) ?? 0,
            BitsPerSample = directory.Number(TiffTag.BitsPerSample) ?? 1,
            SamplesPerPixel = (int)(directory.Number(TiffTag.SamplesPerPixel) ?? 1),
            RowsPerStrip = directory.Number(TiffTag.RowsPerStrip) ?? size.Height,
            Predictor = directory.Number(TiffTag.Predictor) ?? 1,
            IsPlainLayout = !tiled && !planar && (directory.Number(TiffTag.FillOrder) ?? 1) == 1,
            Strips = strips,
        };
    }
}
