using System.Globalization;

namespace Nanonets;

/// <summary>
/// A rectangle on the page picture, in pixels from the top left; may be negative, or all zero when no position is known (recorded).
/// </summary>
public sealed class BoundingBox
{
    internal BoundingBox(int xMin, int yMin, int xMax, int yMax) => (XMin, YMin, XMax, YMax) = (xMin, yMin, xMax, yMax);

    /// <summary>Left edge.</summary>
    /// <value>xmin</value>
    public int XMin { get; }

    /// <summary>Top edge.</summary>
    /// <value>ymin</value>
    public int YMin { get; }

    /// <summary>Right edge.</summary>
    /// <value>xmax</value>
    public int XMax { get; }

    /// <summary>Bottom edge.</summary>
    /// <value>ymax</value>
    public int YMax { get; }

    /// <summary>The corners.</summary>
    /// <returns>For example <c>96,120 - 540,170</c>.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0},{1} - {2},{3}", XMin, YMin, XMax, YMax);
}

/// <summary>Size of a page picture in pixels (recorded since 2024; zero while a page is pending).</summary>
public sealed class PageSize
{
    internal PageSize(int width, int height) => (Width, Height) = (width, height);

    /// <summary>Pixels across.</summary>
    /// <value>width</value>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    /// <value>height</value>
    public int Height { get; }

    /// <summary>Both measures.</summary>
    /// <returns>For example <c>1654 x 2339</c>.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} x {1}", Width, Height);
}
