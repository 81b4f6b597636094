using System;
using System.IO;
using System.Reflection;
using Nanonets.Journaling;

namespace Nanonets.JournalLoading;

#if NETSTANDARD2_0
/// <summary>
/// Windows PowerShell has one place for all assemblies. What the journal's assemblies refer to is looked for in their own folder, in
/// exactly the version they want, then among the module's; nobody else's request is answered.
/// </summary>
internal sealed class JournalAssemblies
{
    private readonly string _folder;
    private readonly string _moduleFolder;

    private JournalAssemblies(string folder) =>
        (_folder, _moduleFolder) = (folder, Path.GetDirectoryName(typeof(JournalAssemblies).Assembly.Location)!);

    /// <summary>Loads an assembly so that it finds what it refers to.</summary>
    /// <param name="path">Full path of the assembly.</param>
    /// <param name="nativeLibrary">Full path of the native library.</param>
    public static Assembly Load(string path, string nativeLibrary)
    {
        // Once it is in the process, its plain name is enough.
        if (LoadLibrary(nativeLibrary) == IntPtr.Zero)
            throw new DllNotFoundException(
                $"'{nativeLibrary}' cannot be loaded (error {System.Runtime.InteropServices.Marshal.GetLastWin32Error()})");
        return Load(path);
    }

    /// <summary>Loads an assembly whose native library is found without us.</summary>
    internal static Assembly Load(string path)
    {
        AppDomain.CurrentDomain.AssemblyResolve += new JournalAssemblies(Path.GetDirectoryName(path)!).Resolve;
        return Assembly.LoadFrom(path);
    }

    private Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } asking || !IsIn(_folder, asking.Location))
            return null;

        var name = new AssemblyName(request.Name);
        if (name.Name == typeof(IUploadJournal).Assembly.GetName().Name)
            return typeof(IUploadJournal).Assembly;
        return Find(_folder, name) ?? Find(_moduleFolder, name);
    }

    private static Assembly? Find(string folder, AssemblyName name)
    {
        string path = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(path) && (name.Version is null || AssemblyName.GetAssemblyName(path).Version == name.Version)
            ? Assembly.LoadFrom(path)
            : null;
    }

    private static bool IsIn(string folder, string path) =>
        string.Equals(Path.GetDirectoryName(path), folder, StringComparison.OrdinalIgnoreCase);

    [System.Runtime.InteropServices.DllImport("kernel32", EntryPoint = "LoadLibraryW",
        CharSet = System.Runtime.InteropServices.CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibrary(string path);
}
#else
/// <summary>
/// A load context of the journal's own: its assemblies come from its folder whatever else the process has loaded under the same names, and
/// only the client is the module's, so that interfaces are the same on both sides.
/// </summary>
internal sealed class JournalAssemblies : System.Runtime.Loader.AssemblyLoadContext
{
    private readonly string _folder;
    private readonly string? _nativeLibrary;

    private JournalAssemblies(string path, string? nativeLibrary)
        : base(Path.GetFileNameWithoutExtension(path))
    {
        (_folder, _nativeLibrary) = (Path.GetDirectoryName(path)!, nativeLibrary);
    }

    /// <summary>Loads an assembly so that it finds what it refers to.</summary>
    /// <param name="path">Full path of the assembly.</param>
    /// <param name="nativeLibrary">Full path of the native library; null for none.</param>
    public static Assembly Load(string path, string? nativeLibrary = null) =>
        new JournalAssemblies(path, nativeLibrary).LoadFromAssemblyPath(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IUploadJournal).Assembly.GetName().Name)
            return typeof(IUploadJournal).Assembly;

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        unmanagedDllName == "e_sqlite3" && _nativeLibrary is not null ? LoadUnmanagedDllFromPath(_nativeLibrary) : IntPtr.Zero;
}
#endif
