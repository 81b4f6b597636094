using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Nanonets.Listing;

namespace Nanonets.Json;

/// <summary>Puts JSON texts together from lines: one text over many lines, one on each line, or several on one.</summary>
internal sealed class JsonTexts
{
    private readonly ValueScanner _value = new();
    private byte[] _text = new byte[4096];
    private int _length;
    private bool _isInside;

    /// <summary>Whether a text has begun and not ended.</summary>
    public bool IsIncomplete => _isInside;

    /// <summary>Adds a line, its end included.</summary>
    /// <returns>The texts that are complete by that.</returns>
    /// <exception cref="InvalidDataException">It is no JSON; the rest of the line and what was begun is dropped.</exception>
    public IReadOnlyList<byte[]> Add(string line)
    {
        var complete = new List<byte[]>();
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        int position = 0;
        while (position < bytes.Length)
        {
            if (!_isInside && (JsonSpace.Is(bytes[position]) || IsByteOrderMark(bytes[position])))
            {
                position++;
                continue;
            }

            if (!_isInside)
                _value.Begin();
            _isInside = true;
            int start = position;
            bool ended = Advance(bytes, ref position);
            Keep(bytes, start, position - start);
            if (!ended)
                continue;

            complete.Add(_text.AsSpan(0, _length).ToArray());
            Reset();
        }

        return complete;
    }

    private bool Advance(byte[] bytes, ref int position)
    {
        try
        {
            return _value.Advance(bytes, ref position);
        }
        catch (InvalidDataException)
        {
            Reset();
            throw;
        }
    }

    private void Keep(byte[] bytes, int start, int count)
    {
        if (_length + count > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + count));
        Buffer.BlockCopy(bytes, start, _text, _length, count);
        _length += count;
    }

    private void Reset() => (_length, _isInside) = (0, false);

    private static bool IsByteOrderMark(byte value) => value is 0xEF or 0xBB or 0xBF;
}
