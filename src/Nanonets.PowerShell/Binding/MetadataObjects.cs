using System.Runtime.CompilerServices;

namespace Nanonets.Binding;

/// <summary>
/// Remembers which metadata texts are JSON objects that we made from hashtables: to those a member of our own may be added, while text that looks alike is the user's and is
/// sent untouched.
/// </summary>
internal static class MetadataObjects
{
    private static readonly ConditionalWeakTable<string, object> s_texts = new();

    public static string Add(string text)
    {
        // By identity: an equal text elsewhere is none of ours, and a literal of the program never gets in.
        string own = new(text.ToCharArray());
        s_texts.Add(own, s_texts);
        return own;
    }

    public static bool Contains(string? text) => text is not null && s_texts.TryGetValue(text, out _);
}
