using System;
using System.IO;

namespace Nanonets.Documents;

/// <summary>A stream that can seek, from where it stood when it was handed over.</summary>
internal sealed class StreamSource : UploadSource
{
    private readonly long _start;
    private readonly bool _isOurs;

    /// <param name="content">Can seek. A spooled copy and decoded base64 are ours to close.</param>
    public StreamSource(Stream content, string fileName, UploadForm form)
        : base(fileName, null)
    {
        (Content, Form, _start, Length) = (content, form, content.Position, content.Length - content.Position);
        _isOurs = form == UploadForm.Base64 || SpoolFile.IsSpooled(content);
    }

    public override long? Length { get; }

    internal override UploadForm Form { get; }

    internal Stream Content { get; }

    internal override OpenedSource Open()
    {
        try
        {
            Content.Position = _start;
            return new OpenedStream(this, _start);
        }
        catch (Exception unreadable) when (unreadable is IOException or ObjectDisposedException or NotSupportedException)
        {
            throw new NanonetsException(
                NanonetsErrorId.SourceUnavailable, $"The stream of '{FileName}' cannot be read: {unreadable.Message}", unreadable);
        }
    }

    internal override void Release()
    {
        if (_isOurs)
            Content.Dispose();
    }
}
