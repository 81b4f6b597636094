using System;
using System.IO;
using System.Threading;

namespace Nanonets.Inbox;

/// <summary>
/// Tries again for a moment what another program is in the way of: a virus scanner or an indexer looks at each new file, and another run
/// writes to the same one.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);

    /// <param name="work">What is tried.</param>
    /// <param name="tries">How often at most.</param>
    /// <param name="isHopeless">Whether trying again cannot help.</param>
    public static T Try<T>(Func<T> work, int tries = 10, Func<bool>? isHopeless = null)
    {
        for (int made = 1; ; made++)
        {
            try
            {
                return work();
            }
            catch (Exception inTheWay) when (IsPassing(inTheWay) && made < tries && isHopeless?.Invoke() != true)
            {
                Thread.Sleep(s_step);
            }
        }
    }

    private static bool IsPassing(Exception failure) => failure
        is (IOException and not (FileNotFoundException or DirectoryNotFoundException)) or UnauthorizedAccessException;

    /// <summary>The same for what gives nothing.</summary>
    public static void Try(Action work, int tries = 10, Func<bool>? isHopeless = null) => Try(
        () =>
        {
            work();
            return true;
        },
        tries, isHopeless);
}
