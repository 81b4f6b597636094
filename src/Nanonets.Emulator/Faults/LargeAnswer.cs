using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Nanonets.Emulator.Faults;

/// <summary>Writes an answer of any size without holding it: valid JSON, an empty result after a long list that means nothing.</summary>
internal static class LargeAnswer
{
    private static readonly byte[] s_block = Encoding.ASCII.GetBytes(string.Concat(System.Linq.Enumerable.Repeat("\"padding\",", 6_000)));

    public static async Task WriteAsync(Stream stream, long bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("{\"message\":\"Success\",\"unasked\":["u8.ToArray(), cancellationToken);
        for (long written = 0; written < bytes; written += s_block.Length)
            await stream.WriteAsync(s_block, cancellationToken);
        await stream.WriteAsync("null],\"result\":[],\"signed_urls\":{}}"u8.ToArray(), cancellationToken);
    }
}
