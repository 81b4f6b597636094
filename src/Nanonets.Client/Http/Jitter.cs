using System;

namespace Nanonets.Http;

/// <summary>Random numbers that spread retries; nothing secret depends on them.</summary>
internal static class Jitter
{
#if NETSTANDARD2_0
    private static readonly Random s_random = new();

    public static double Next()
    {
        lock (s_random)
            return s_random.NextDouble();
    }
#else
#pragma warning disable CA5394 // Spreads clients in time; no secret depends on it.
    public static double Next() => Random.Shared.NextDouble();
#pragma warning restore CA5394
#endif
}
