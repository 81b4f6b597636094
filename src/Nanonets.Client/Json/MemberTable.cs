using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Nanonets.Json;

/// <summary>Takes the value of a member; the reader stands on it, and afterwards on its last token.</summary>
/// <param name="target">What the object becomes.</param>
/// <param name="reader">The value.</param>
/// <param name="texts">Texts that repeat from page to page; null where there are few pages.</param>
internal delegate void TakeMember<T>(ref T target, ref Utf8JsonReader reader, TextCache? texts);

/// <summary>
/// Reads objects straight from their bytes: the members that are known, whatever the case of their names; all others are passed over.
/// </summary>
internal sealed class MemberTable<T>
{
    private const byte LowerCase = 0x20;

    /// <summary>By the length of the name, since few names have the same.</summary>
    private readonly (byte[] Name, TakeMember<T> Take)[][] _members;

    /// <param name="members">The members, with names in lower case.</param>
    public MemberTable(params (string Name, TakeMember<T> Take)[] members)
    {
        _members = [.. Enumerable.Range(0, members.Max(static member => member.Name.Length) + 1)
            .Select(length => members.Where(member => member.Name.Length == length)
                .Select(static member => (Encoding.ASCII.GetBytes(member.Name), member.Take)).ToArray())];
    }

    /// <summary>
    /// Reads an object: the reader stands on its bracket, and afterwards on the closing one. Anything else is passed over.
    /// </summary>
    /// <returns>Whether it was an object.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool Read(ref T target, ref Utf8JsonReader reader, TextCache? texts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            TakeMember<T>? take = Find(ref reader);
            reader.Read();
            if (take is null)
                reader.Skip();
            else
                take(ref target, ref reader, texts);
        }

        return true;
    }

    /// <summary>Reads a list of objects; one object in place of a list is a list of one, anything else is empty.</summary>
    /// <param name="create">Makes an item of what was read.</param>
    public TItem[] ReadList<TItem>(ref Utf8JsonReader reader, TextCache? texts, Func<T, TItem> create)
        where TItem : class
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ReadItem(ref reader, texts, create) is { } single ? [single] : [];

        List<TItem>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadItem(ref reader, texts, create) is { } item)
                (items ??= []).Add(item);
        }

        return items is null ? [] : [.. items];
    }

    private TItem? ReadItem<TItem>(ref Utf8JsonReader reader, TextCache? texts, Func<T, TItem> create)
        where TItem : class
    {
        T target = default!;
        return Read(ref target, ref reader, texts) ? create(target) : null;
    }

    private TakeMember<T>? Find(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
            return Find(Encoding.UTF8.GetBytes(LenientReader.String(ref reader)));
        return Find(reader.ValueSpan);
    }

    private TakeMember<T>? Find(ReadOnlySpan<byte> name)
    {
        if (name.Length >= _members.Length)
            return null;

        foreach ((byte[] known, TakeMember<T> take) in _members[name.Length])
        {
            if (name.SequenceEqual(known) || IsSame(name, known))
                return take;
        }

        return null;
    }

    private static bool IsSame(ReadOnlySpan<byte> name, byte[] known)
    {
        for (int i = 0; i < known.Length; i++)
        {
            byte given = name[i];
            if (given is >= (byte)'A' and <= (byte)'Z')
                given |= LowerCase;
            if (given != known[i])
                return false;
        }

        return true;
    }
}
