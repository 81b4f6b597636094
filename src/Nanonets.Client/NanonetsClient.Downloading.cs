using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Downloading;

namespace Nanonets;

/// <content>Originals, page pictures, thumbnails.</content>
internal sealed partial class NanonetsClient
{
    /// <summary>
    /// Downloads what a signed address opens, from the storage host it names and without the API key. Memory stays flat however large it
    /// is, and there is no limit to its time, only to silence.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="destination">Where it is written; emptied before each try, so it must be able to seek.</param>
    /// <param name="observer">Sees tries; of the address they show neither query nor signature.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How much it was and what.</returns>
    /// <exception cref="NanonetsException">It failed; with <see cref="NanonetsErrorId.AddressRejected"/> a fresh address may
    /// help.</exception>
    /// <exception cref="IOException">The destination cannot be written.</exception>
    public Task<DownloadedContent> DownloadAsync(
        SignedUrl address, Stream destination, IRequestObserver? observer = null, CancellationToken cancellationToken = default) =>
        new Downloader(_storage).RunAsync(address, destination, observer, cancellationToken);
}
