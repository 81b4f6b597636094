using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Journaling;

namespace Nanonets.Uploading;

/// <summary>Reads a document once for its hash: what the journal knows it by, and what it must still be when its last bytes leave.</summary>
internal static class ContentHash
{
    private const int BufferSize = 128 * 1024;

    /// <exception cref="NanonetsException">It cannot be read.</exception>
    public static async Task<string> OfAsync(UploadSource source, CancellationToken cancellationToken)
    {
        // What the service fetches by itself is known by its address only.
        if (source is UrlSource url)
            return DocumentKey.Hex(DocumentKey.Sha256(Encoding.UTF8.GetBytes("url " + url.Address)));

        OpenedSource opened = source.Open();
        try
        {
            if (opened.TakeWhole() is { } whole)
            {
                opened.WholeHash ??= Of(whole, (int)opened.Length);
                opened.ReturnWhole();
                return opened.WholeHash;
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferSize];
            int read;
            while ((read = await opened.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
                hash.AppendData(buffer, 0, read);
            return DocumentKey.Hex(hash.GetHashAndReset());
        }
        catch (SourceFailure failure)
        {
            throw failure.ToException();
        }
        finally
        {
            source.Keep(opened);
        }
    }

    /// <summary>The same of the first bytes of a buffer.</summary>
    public static string Of(byte[] buffer, int count)
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        return DocumentKey.Hex(sha.ComputeHash(buffer, 0, count));
#else
        return DocumentKey.Hex(SHA256.HashData(buffer.AsSpan(0, count)));
#endif
    }
}
