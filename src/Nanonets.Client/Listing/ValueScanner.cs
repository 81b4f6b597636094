using System;
using System.IO;

namespace Nanonets.Listing;

/// <summary>
/// Finds the end of a JSON value without keeping anything of it, however large it is and wherever the pieces are cut. Looks at brackets and
/// quotation marks only: what is inside matters to those who read it.
/// </summary>
internal sealed class ValueScanner
{
    private readonly BracketStack _open = new();
    private Kind _kind;
    private bool _inString;
    private bool _escaped;

    private enum Kind
    {
        None,
        String,
        Container,
        Scalar,
    }

    /// <summary>Whether the scanned value is neither text nor list nor object.</summary>
    public bool IsScalar => _kind == Kind.Scalar;

    /// <summary>The next byte is the first of a value.</summary>
    public void Begin()
    {
        (_kind, _inString, _escaped) = (Kind.None, false, false);
        _open.Clear();
    }

    /// <summary>Goes on with the value.</summary>
    /// <param name="data">What is there.</param>
    /// <param name="position">Where to go on; afterwards behind the value, or at the end of what is there.</param>
    /// <returns>Whether the value has ended.</returns>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public bool Advance(ReadOnlySpan<byte> data, ref int position)
    {
        if (position == data.Length)
            return false;

        if (_kind == Kind.None)
            Start(data[position]);
        return _kind switch
        {
            Kind.Scalar => SkipScalar(data, ref position),
            Kind.String => SkipString(data, ref position),
            _ => SkipContainer(data, ref position),
        };
    }

    private void Start(byte first)
    {
        _kind = first switch
        {
            (byte)'{' or (byte)'[' => Kind.Container,
            (byte)'"' => Kind.String,
            _ when IsScalarByte(first) => Kind.Scalar,
            _ => throw new InvalidDataException("it is no JSON."),
        };
    }

    private static bool SkipScalar(ReadOnlySpan<byte> data, ref int position)
    {
        for (; position < data.Length; position++)
        {
            byte next = data[position];
            if (IsScalarByte(next))
                continue;
            if (next is (byte)',' or (byte)']' or (byte)'}' || JsonSpace.Is(next))
                return true;
            throw new InvalidDataException("it is no JSON.");
        }

        return false;
    }

    private bool SkipString(ReadOnlySpan<byte> data, ref int position)
    {
        if (!_inString)
        {
            _inString = true;
            position++;
        }

        return SkipRestOfString(data, ref position);
    }

    private bool SkipRestOfString(ReadOnlySpan<byte> data, ref int position)
    {
        while (position < data.Length)
        {
            if (_escaped)
            {
                _escaped = false;
                position++;
                continue;
            }

            int next = data.Slice(position).IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                position = data.Length;
                return false;
            }

            position += next + 1;
            if (data[position - 1] == (byte)'"')
            {
                _inString = false;
                return true;
            }

            _escaped = true;
        }

        return false;
    }

    private bool SkipContainer(ReadOnlySpan<byte> data, ref int position)
    {
        while (position < data.Length)
        {
            if (_inString)
            {
                SkipRestOfString(data, ref position);
                continue;
            }

            switch (data[position++])
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{':
                    _open.Open(true);
                    break;
                case (byte)'[':
                    _open.Open(false);
                    break;
                case (byte)'}':
                    _open.Close(true);
                    if (_open.Depth == 0)
                        return true;
                    break;
                case (byte)']':
                    _open.Close(false);
                    if (_open.Depth == 0)
                        return true;
                    break;
            }
        }

        return false;
    }

    private static bool IsScalarByte(byte value) =>
        value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'-' or (
            byte)'+' or (byte)'.';
}

/// <summary>White space as JSON knows it.</summary>
internal static class JsonSpace
{
    public static bool Is(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
