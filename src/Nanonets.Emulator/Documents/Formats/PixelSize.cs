namespace Nanonets.Emulator.Documents.Formats;

/// <summary>Width and height of a picture.</summary>
internal readonly record struct PixelSize(int Width, int Height)
{
    private const int LongestSide = 100_000;
    private const long LargestArea = 500_000_000;

    /// <summary>A size that a picture can have in earnest; headers of hostile files claim others.</summary>
    public static PixelSize? Plausible(long width, long height) =>
        width is > 0 and <= LongestSide && height is > 0 and <= LongestSide && width * height <= LargestArea
            ? new PixelSize((int)width, (int)height)
            : null;
}
