namespace Nanonets.Documents;

/// <summary>The ways a document travels. Documents of different ways never share a request.</summary>
internal enum UploadForm
{
    /// <summary>A <c>file</c> part of LabelFile (documented).</summary>
    File,

    /// <summary>The <c>base64_data</c> part of LabelFile in place of a file (documented); one for each request.</summary>
    Base64,

    /// <summary>A <c>urls</c> pair of LabelUrls: the service fetches the document itself (documented).</summary>
    Url,
}
