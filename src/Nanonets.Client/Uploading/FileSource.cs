using System.IO;

namespace Nanonets.Uploading;

/// <summary>A local file.</summary>
internal sealed class FileSource(string fullPath) : UploadSource(Path.GetFileName(fullPath), fullPath)
{
    internal override OpenedSource Open() => OpenedFile.Open(this);
}
