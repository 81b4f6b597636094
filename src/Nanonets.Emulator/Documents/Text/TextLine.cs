using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Emulator.Documents.Text;

/// <summary>The segments that stand side by side, from left to right.</summary>
internal sealed class TextLine(IReadOnlyList<TextSegment> segments)
{
    public IReadOnlyList<TextSegment> Segments { get; } = segments;

    public PixelBox Box { get; } = PixelBox.Around(segments.Select(segment => segment.Box));
}
