using System.IO;

namespace Nanonets.Uploading;

/// <summary>A local file.</summary>
internal sealed class FileSource(string fullPath) : UploadSource(Path.GetFileName(fullPath), fullPath)
{
    internal override UploadForm Form => UploadForm.File;

    internal override OpenedSource Open() => OpenedFile.Open(this);
}
