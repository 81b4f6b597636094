using Nanonets.Journaling;

namespace Nanonets.Documents;

/// <summary>
/// A document on its whole way through one run: what is sent, what errors about it have as their target, and where it stands.
/// </summary>
/// <param name="source">What is sent.</param>
/// <param name="target">What an error has as its target, to be piped in again; the source itself when null.</param>
internal sealed class Document(UploadSource source, object? target = null)
{
    public UploadSource Source { get; } = source;

    public object Target { get; } = target ?? source;

    /// <summary>Its size when it was looked at; it is measured again when it is opened. Null for an address.</summary>
    public long? Bytes { get; set; }

    /// <summary>Its pages: counted or estimated where that matters, else 1.</summary>
    public int Pages { get; set; } = 1;

    /// <summary>Its entry in the journal, once it was claimed.</summary>
    public JournalEntry Entry { get; set; } = JournalEntry.None;

    /// <summary>The part of its tag that all its attempts have in common, by which it is found again.</summary>
    public string TagId { get; set; } = string.Empty;

    /// <summary>
    /// Whether the listing has proven that no attempt before the present one has arrived: then what is told of that one is the last word.
    /// </summary>
    public bool IsProvenMissing { get; set; }

    /// <summary>How often it failed by itself, while the service was there.</summary>
    public int Failures { get; set; }

    /// <summary>Where it comes from, or what it is called.</summary>
    public override string ToString() => Source.ToString();
}
