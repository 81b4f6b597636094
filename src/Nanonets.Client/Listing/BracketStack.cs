using System;
using System.IO;

namespace Nanonets.Listing;

/// <summary>The open brackets of a JSON text, one bit for each.</summary>
internal sealed class BracketStack
{
    /// <summary>Far deeper than anything meant; costs 128 KB.</summary>
    private const int Deepest = 1 << 20;

    private ulong[] _isObject = new ulong[16];

    public int Depth { get; private set; }

    /// <summary>None is open.</summary>
    public void Clear() => Depth = 0;

    /// <exception cref="InvalidDataException">Nested too deeply.</exception>
    public void Open(bool isObject)
    {
        if (Depth == Deepest)
            throw new InvalidDataException("it is nested too deeply.");
        int word = Depth >> 6;
        if (word == _isObject.Length)
            Array.Resize(ref _isObject, _isObject.Length * 2);

        ulong bit = 1UL << (Depth & 63);
        _isObject[word] = isObject ? _isObject[word] | bit : _isObject[word] & ~bit;
        Depth++;
    }

    /// <exception cref="InvalidDataException">Another bracket is open.</exception>
    public void Close(bool isObject)
    {
        Depth--;
        if (((_isObject[Depth >> 6] >> (Depth & 63)) & 1) == (isObject ? 0UL : 1UL))
            throw new InvalidDataException("its brackets do not match.");
    }
}
