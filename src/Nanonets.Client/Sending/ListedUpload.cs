using System;

namespace Nanonets.Sending;

/// <summary>What a listing says about an uploaded file, as far as looking needs it.</summary>
/// <param name="RequestFileId">Its id.</param>
/// <param name="Input">The name the service knows it by.</param>
/// <param name="Metadata">Its metadata as listed.</param>
/// <param name="UploadedAt">When it was uploaded to the precision of its page id (a version 1 UUID); null when the listing tells only day and hour.</param>
internal sealed record ListedUpload(string RequestFileId, string? Input, string? Metadata, DateTimeOffset? UploadedAt)
{
    /// <summary>Our tag on it, if any.</summary>
    public UploadTag? Tag { get; } = UploadTag.Read(Metadata);}
