using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nanonets.Journaling;

namespace Nanonets.Sending;

/// <summary>
/// Our own tag in an upload's metadata, by which it is found again when its answer was lost: <c>nn1.&lt;id&gt;.&lt;attempt&gt;</c>.
/// The id is 80 bits of the document's whole key, not of its content alone: the same content sent for other pages or with other metadata
/// is another document. Without a journal it is random.
/// </summary>
/// <param name="Id">The 80 bits in hexadecimal: the same for all attempts of a document.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
internal sealed record UploadTag(string Id, int Attempt)
{
    private const int IdLength = 20;
    private const string Form = @"nn1\.(?<id>[0-9a-f]{20})\.(?<attempt>[1-9][0-9]{0,8})";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Regex s_alone = new($"^{Form}$", Options);
    private static readonly Regex s_inFront = new($"^{Form} ", Options);
    private static readonly Regex s_member = new($@"(?<comma>,\s*)?""_nn""\s*:\s*""{Form}""\s*(?=\}}\s*$)", Options);

    /// <summary>The id in the tags of a document.</summary>
    public static string IdOf(DocumentKey key) => DocumentKey
        .Hex(DocumentKey.Sha256(Encoding.UTF8.GetBytes($"{key.ContentHash}\n{key.Pages}\n{key.MetadataDigest}")))
        .Substring(0, IdLength);

    /// <summary>An id of its own.</summary>
    public static string RandomId() => Guid.NewGuid().ToString("N").Substring(0, IdLength);

    /// <summary>The tag in metadata that came back; null when there is none.</summary>
    public static UploadTag? Read(string? metadata)
    {
        if (string.IsNullOrEmpty(metadata) || Find(metadata!) is not { Success: true } match)
            return null;

        return new UploadTag(match.Groups["id"].Value, int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Metadata as the user gave it: the tag taken off.</summary>
    public static string? TakeOff(string? metadata)
    {
        if (string.IsNullOrEmpty(metadata) || Find(metadata!) is not { Success: true } match)
            return metadata;
        return metadata!.Remove(match.Index, match.Length);
    }

    /// <summary>Metadata as it is sent.</summary>
    /// <param name="metadata">The user's own; null or empty for none.</param>
    /// <param name="kind">How the tag may travel with it.</param>
    /// <returns>The metadata, and whether it carries the tag.</returns>
    public (string Metadata, bool Tagged) Attach(string? metadata, MetadataKind kind)
    {
        if (string.IsNullOrEmpty(metadata))
            return (ToString(), true);

        switch (kind)
        {
            case MetadataKind.Object:
                int end = metadata!.LastIndexOf('}');
                string members = metadata.Substring(0, end).TrimEnd();
                string comma = members[members.Length - 1] == '{' ? string.Empty : ",";
                return ($"{members}{comma}\"_nn\":\"{this}\"{metadata.Substring(end)}", true);
            case MetadataKind.TaggedText:
                return ($"{this} {metadata}", true);
            default:
                return (metadata!, false);
        }
    }

    /// <summary>The tag as it travels.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "nn1.{0}.{1}", Id, Attempt);

    private static Match Find(string metadata)
    {
        Match match = s_alone.Match(metadata);
        if (!match.Success)
            match = s_inFront.Match(metadata);
        return match.Success ? match : s_member.Match(metadata);
    }
}

/// <summary>How a tag may travel with the user's metadata.</summary>
internal enum MetadataKind
{
    /// <summary>The user's text is sent untouched; without any, the tag is the metadata.</summary>
    Text,

    /// <summary>The user wants the tag in front of the text.</summary>
    TaggedText,

    /// <summary>A JSON object that we made from a hashtable: it gets one more member.</summary>
    Object,
}
