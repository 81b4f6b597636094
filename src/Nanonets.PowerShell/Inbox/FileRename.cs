using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace Nanonets.Inbox;

/// <summary>
/// Renames a file within a volume, in one step. The framework's own move copies where that is not possible, and a copy that was cut off
/// looks like a document.
/// </summary>
internal static class FileRename
{
    /// <returns>False when the new name is on another volume; nothing has happened then.</returns>
    /// <exception cref="IOException">It is gone, locked, or the name is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public static bool Try(string path, string renamed)
    {
        if (File.Exists(renamed))
            throw new IOException($"'{renamed}' already exists.");

        (int error, bool isOtherVolume) = Rename(path, renamed);
        if (error == 0 || isOtherVolume)
            return error == 0;
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{path}' does not exist.", path);

        string why = new Win32Exception(error).Message;
        throw IsDenied(error) ? new UnauthorizedAccessException(why) : new IOException(why);
    }

    private static (int Error, bool IsOtherVolume) OnWindows(string path, string renamed)
    {
        const uint WriteThrough = 8;
        const int NotSameDevice = 17;
        int error = MoveFile(Long(path), Long(renamed), WriteThrough) ? 0 : Marshal.GetLastWin32Error();
        return (error, error == NotSameDevice);
    }

    /// <summary>Paths of any length, whatever the machine allows programs by default.</summary>
    private static string Long(string path) =>
        path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? path.Insert(2, @"?\UNC\")
        : @"\\?\" + path;

    [DllImport("kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFile(string path, string renamed, uint flags);

#if NETSTANDARD2_0
    private static (int Error, bool IsOtherVolume) Rename(string path, string renamed) => OnWindows(path, renamed);

    private static bool IsDenied(int error) => error == AccessDenied;
#else
    private const int NotPermitted = 1;
    private const int Denied = 13;
    private const int OtherDevice = 18;
    private const int ReadOnlySystem = 30;

    private static (int Error, bool IsOtherVolume) Rename(string path, string renamed)
    {
        if (OperatingSystem.IsWindows())
            return OnWindows(path, renamed);

        int error = Rename(System.Text.Encoding.UTF8.GetBytes(path + '\0'), System.Text.Encoding.UTF8.GetBytes(renamed + '\0')) == 0
            ? 0
            : Marshal.GetLastWin32Error();
        return (error, error == OtherDevice);
    }

    private static bool IsDenied(int error) =>
        OperatingSystem.IsWindows() ? error == AccessDenied : error is NotPermitted or Denied or ReadOnlySystem;

    /// <summary>The framework's own native library, which every version brings along.</summary>
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(byte[] path, byte[] renamed);
#endif

    private const int AccessDenied = 5;
}
