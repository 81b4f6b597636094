using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Nanonets.JournalLoading;

/// <summary>Finds the native SQLite of this system: one sub-folder for each system the module is published for.</summary>
internal static class NativeLibraryPath
{
    /// <summary>Full path of the library.</summary>
    /// <param name="folder">The folder that has a sub-folder for each system.</param>
    /// <exception cref="PlatformNotSupportedException">None is there for this system.</exception>
    public static string For(string folder)
    {
        bool isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        bool isMac = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        string system = isWindows ? "win" : isMac ? "osx" : IsMusl() ? "linux-musl" : "linux";
        string runtime = RuntimeName(system, RuntimeInformation.ProcessArchitecture);
        string path = Path.Combine(folder, runtime, isWindows ? "e_sqlite3.dll" : isMac ? "libe_sqlite3.dylib" : "libe_sqlite3.so");
        return File.Exists(path) ? path : throw new PlatformNotSupportedException($"there is no SQLite for {runtime}");
    }

    /// <summary>The name that .NET gives to a system and its architecture, such as <c>linux-musl-x64</c>.</summary>
    internal static string RuntimeName(string system, Architecture architecture) => system + architecture switch
    {
        Architecture.X64 => "-x64",
        Architecture.X86 => "-x86",
        Architecture.Arm64 => "-arm64",
        Architecture.Arm => "-arm",
        _ => "-" + architecture.ToString(),
    };

    /// <summary>
    /// Whether this process runs on the musl C library (Alpine). What is mapped into the process says so; the name of the runtime does not
    /// when a distribution built it itself, and files on disk do not when both libraries are installed.
    /// </summary>
    private static bool IsMusl()
    {
        const string maps = "/proc/self/maps";
        return File.Exists(maps) && File.ReadLines(maps).Any(IsMuslLine);
    }

    internal static bool IsMuslLine(string line) =>
        line.Contains("/ld-musl-") || line.Contains("/libc.musl-");
}
