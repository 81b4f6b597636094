using System;
using System.Buffers.Text;
using System.Text.Json;

namespace Nanonets.Listing;

/// <summary>The members of a listing as they come: which lists were there, and the counts that it gives.</summary>
internal sealed class ListingMembers
{
    private string? _name;
    private bool _hasModerated;
    private bool _hasUnmoderated;

    /// <summary>Whether a list of pages has come.</summary>
    public bool HasAList => _hasModerated || _hasUnmoderated;

    /// <summary>Whether both lists have come.</summary>
    public bool HasBothLists => _hasModerated && _hasUnmoderated;

    /// <summary>Sum of the counts that the listing gives; null when it gives none.</summary>
    public long? AnnouncedPageCount { get; private set; }

    /// <summary>Whether the member is one of the counts.</summary>
    public bool IsCount => Is("moderated_images_count") || Is("unmoderated_images_count");

    /// <summary>A member begins.</summary>
    /// <param name="quoted">Its name, with the quotation marks.</param>
    /// <exception cref="System.IO.InvalidDataException">It is no JSON.</exception>
    public void Name(ReadOnlySpan<byte> quoted) => _name = Text(quoted);

    /// <summary>The member's value begins.</summary>
    /// <returns>Whether the member is one of the lists of pages.</returns>
    public bool BeginsList()
    {
        bool isModerated = Is("moderated_images"), isUnmoderated = Is("unmoderated_images");
        _hasModerated |= isModerated;
        _hasUnmoderated |= isUnmoderated;
        return isModerated || isUnmoderated;
    }

    /// <summary>The value of a count.</summary>
    public void Count(ReadOnlySpan<byte> value, bool isQuoted)
    {
        ReadOnlySpan<byte> number = isQuoted ? value.Slice(1, value.Length - 2) : value;
        if (Utf8Parser.TryParse(number, out double count, out int read) && read == number.Length && count is >= 0 and < long.MaxValue)
            AnnouncedPageCount = (AnnouncedPageCount ?? 0) + (long)count;
    }

    private bool Is(string name) => string.Equals(_name, name, StringComparison.OrdinalIgnoreCase);

    private static string? Text(ReadOnlySpan<byte> quoted)
    {
        try
        {
            var reader = new Utf8JsonReader(quoted);
            return reader.Read() ? reader.GetString() : null;
        }
        catch (JsonException)
        {
            throw ListingScanner.NoJson();
        }
        catch (InvalidOperationException)
        {
            // No valid text, so none of the names that matter.
            return null;
        }
    }
}
