using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Emulator.Documents.Text;

/// <summary>Words of one line with no more than word spaces between them: a label, a value, a table cell.</summary>
internal sealed class TextSegment(IReadOnlyList<ReadWord> words)
{
    public IReadOnlyList<ReadWord> Words { get; } = words;

    public PixelBox Box { get; } = PixelBox.Around(words);

    public string Text { get; } = string.Join(' ', words.Select(word => word.Text));
}
