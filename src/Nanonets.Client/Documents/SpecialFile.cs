using System;
using System.IO;
#if !NETSTANDARD2_0
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace Nanonets.Documents;

/// <summary>
/// Tells what has the name of a file and is none: a named pipe, a socket, a device, the standard input. Opening one may wait for ever, so
/// this is asked before. The framework has no public way to learn it on Unix; its own native library, which every version brings along,
/// does.
/// </summary>
internal static class SpecialFile
{
    /// <summary>What it is, to be read after "is"; null for a file, for a folder, and for what is not there.</summary>
    public static string? Kind(string fullPath)
    {
#if NETSTANDARD2_0
        // Windows PowerShell: devices have paths of their own there, which its framework refuses to open.
        return null;
#else
        if (OperatingSystem.IsWindows())
            return fullPath.StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;

        return (Mode(fullPath) & TypeMask) switch
        {
            NamedPipe => "a named pipe",
            Socket => "a socket",
            CharacterDevice or BlockDevice => "a device",
            _ => null,
        };
#endif
    }

    /// <exception cref="IOException">It is none.</exception>
    public static void EnsureNot(string fullPath)
    {
        if (Kind(fullPath) is { } kind)
            throw new IOException($"It is {kind}, not a file.");
    }

#if !NETSTANDARD2_0
    private const int TypeMask = 0xF000;
    private const int NamedPipe = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int BlockDevice = 0x6000;
    private const int Socket = 0xC000;

    /// <summary>Larger than the record is in any version, so that a longer one does no harm.</summary>
    private const int StatusSize = 512;

    private const int ModeOffset = sizeof(int);

    private static int Mode(string path)
    {
        IntPtr status = Marshal.AllocHGlobal(StatusSize);
        try
        {
            return Stat(Encoding.UTF8.GetBytes(path + '\0'), status) == 0 ? Marshal.ReadInt32(status, ModeOffset) : 0;
        }
        finally
        {
            Marshal.FreeHGlobal(status);
        }
    }

    /// <summary>Follows links. The record begins with flags and mode, four bytes each.</summary>
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, IntPtr status);
#endif
}
