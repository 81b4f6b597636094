using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Saving;

/// <summary>
/// Finds the signed address of what is to be downloaded. A page that has none, or one that has expired, is asked for again: once for a
/// file, however many of its pages want it and in whatever order they come. Only addresses are remembered, not what was read.
/// </summary>
internal sealed class AddressBook(NanonetsClient client, IRequestObserver observer)
{
    private const int Remembered = 4096;

    /// <summary>An address that expires while it is on its way is no use.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    private readonly Dictionary<string, Task<PageAddresses[]>> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <returns>The address; null where the service gives none.</returns>
    /// <exception cref="NanonetsException">The file cannot be asked for.</exception>
    public Task<SignedUrl?> FindAsync(WantedFile wanted, CancellationToken cancellationToken) => FindAsync(wanted, null, cancellationToken);

    /// <summary>Downloads; an address that has expired meanwhile is asked for again, once.</summary>
    /// <exception cref="NanonetsException">It failed.</exception>
    public async Task<DownloadedContent> DownloadAsync(
        WantedFile wanted, SignedUrl address, Stream destination, CancellationToken cancellationToken)
    {
        try
        {
            return await client.DownloadAsync(address, destination, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (NanonetsException failure) when (failure.ErrorId == NanonetsErrorId.AddressRejected)
        {
            if (await FindAsync(wanted, address, cancellationToken).ConfigureAwait(false) is not { } fresh)
                throw;
            return await client.DownloadAsync(fresh, destination, observer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="rejected">The address that the storage host refused; null at first.</param>
    private async Task<SignedUrl?> FindAsync(WantedFile wanted, SignedUrl? rejected, CancellationToken cancellationToken)
    {
        if (rejected is null && wanted.Choose(wanted.Page.SignedUrls, IsGood) is { } known)
            return known;
        if (wanted.Page.RequestFileId is not { Length: > 0 } id)
            return null;

        PageAddresses[]? remembered = Remember(id);
        PageAddresses[] file = remembered ?? await FetchAsync(wanted.ModelId, id, null, cancellationToken).ConfigureAwait(false);
        SignedUrl? address = wanted.Choose(AddressesOf(file, wanted), IsAny);
        if (remembered is null || rejected is null || address?.Value != rejected.Value)
            return address;

        file = await FetchAsync(wanted.ModelId, id, remembered, cancellationToken).ConfigureAwait(false);
        return wanted.Choose(AddressesOf(file, wanted), IsAny);
    }

    private PageAddresses[]? Remember(string requestFileId)
    {
        lock (_lock)
            return _files.TryGetValue(requestFileId, out Task<PageAddresses[]>? known) && known.Status == TaskStatus.RanToCompletion
                ? known.Result
                : null;
    }

    private static PageSignedUrls? AddressesOf(PageAddresses[] file, WantedFile wanted) =>
        (file.FirstOrDefault(page => page.Id is not null && page.Id == wanted.Page.Id)
            ?? file.FirstOrDefault(page => page.Page == wanted.Page.Page)
            ?? (wanted.IsOfWholeFile ? file.FirstOrDefault() : null))?.SignedUrls;

    private bool IsGood(SignedUrl address) => !(address.ExpiresAt < client.Clock.UtcNow + s_margin);

    /// <summary>What the service has just given is tried, whatever the clock of this machine says.</summary>
    private static bool IsAny(SignedUrl address) => true;

    /// <param name="outdated">An answer that is not good enough; null to take any.</param>
    private Task<PageAddresses[]> FetchAsync(
        string modelId, string requestFileId, PageAddresses[]? outdated, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_files.TryGetValue(requestFileId, out Task<PageAddresses[]>? known) && !IsUseless(known, outdated))
                return known;

            Task<PageAddresses[]> fresh = AskAsync(modelId, requestFileId, cancellationToken);
            if (!_files.ContainsKey(requestFileId))
                _order.Enqueue(requestFileId);
            _files[requestFileId] = fresh;
            if (_order.Count > Remembered)
                _files.Remove(_order.Dequeue());
            return fresh;
        }
    }

    private async Task<PageAddresses[]> AskAsync(string modelId, string requestFileId, CancellationToken cancellationToken)
    {
        FileResult file = await client.GetFileResultAsync(modelId, requestFileId, observer, cancellationToken).ConfigureAwait(false);
        return [.. file.Pages.Select(static page => new PageAddresses(page.Id, page.Page, page.SignedUrls))];
    }

    private static bool IsUseless(Task<PageAddresses[]> known, PageAddresses[]? outdated) =>
        known.IsFaulted || known.IsCanceled
            || (outdated is not null && known.Status == TaskStatus.RanToCompletion && ReferenceEquals(known.Result, outdated));

    /// <summary>The addresses of a page.</summary>
    private sealed record PageAddresses(string? Id, int Page, PageSignedUrls? SignedUrls);
}
