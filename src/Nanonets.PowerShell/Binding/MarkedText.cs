using System.Runtime.CompilerServices;

namespace Nanonets.Binding;

/// <summary>
/// Remembers by identity where a text came from. A parameter of type text loses that: a path may have been a file object, and metadata that
/// looks like JSON may be the user's own text.
/// </summary>
internal sealed class MarkedText
{
    /// <summary>Paths of file objects: they mean exactly one file, and nothing in them is a wildcard.</summary>
    public static readonly MarkedText ObjectPath = new();

    /// <summary>JSON made from an object: a member of our own may be added to it.</summary>
    public static readonly MarkedText ObjectMetadata = new();

    private readonly ConditionalWeakTable<string, object> _texts = new();

    private MarkedText()
    {
    }

    /// <returns>The same text, marked.</returns>
    public string Mark(string text)
    {
        // A copy: an equal text elsewhere is not marked, and a literal of the program never is.
        string own = new(text.ToCharArray());
        _texts.Add(own, this);
        return own;
    }

    public bool Has(string? text) => text is not null && _texts.TryGetValue(text, out _);
}
