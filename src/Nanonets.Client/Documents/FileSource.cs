using System.IO;
using System.Threading;

namespace Nanonets.Documents;

/// <summary>A local file.</summary>
internal sealed class FileSource(string fullPath) : UploadSource(Path.GetFileName(fullPath), fullPath)
{
    private OpenedFile? _kept;

    internal override UploadForm Form => UploadForm.File;

    /// <summary>What was opened for a look before is good for the try too, as long as the file is still that.</summary>
    internal override OpenedSource Open() => Open(toLook: false);

    internal override OpenedSource OpenToLook() => Open(toLook: true);

    internal override void Keep(OpenedSource opened)
    {
        // A large file is not kept open: others may want to write to it until its turn has come.
        OpenedFile? replaced = opened is OpenedFile { HoldsWhole: true } small
            ? Interlocked.Exchange(ref _kept, small)
            : (OpenedFile)opened;
        replaced?.Dispose();
    }

    internal override void Forget() => Interlocked.Exchange(ref _kept, null)?.Dispose();

    private OpenedFile Open(bool toLook)
    {
        if (Interlocked.Exchange(ref _kept, null) is { } kept)
        {
            if (kept.IsFresh)
                return kept;
            kept.Dispose();
        }

        return OpenedFile.Open(this, toLook);
    }
}
