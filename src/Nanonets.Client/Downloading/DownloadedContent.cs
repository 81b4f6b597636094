namespace Nanonets;

/// <summary>What was downloaded through a signed address.</summary>
internal sealed class DownloadedContent
{
    internal DownloadedContent(long length, string? contentType) => (Length, ContentType) = (length, contentType);

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>What it is, as the storage host says, such as <c>image/jpeg</c>; null when it does not say.</summary>
    public string? ContentType { get; }
}
