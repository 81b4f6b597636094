using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Nanonets.Tests;

/// <summary>
/// A PostgreSQL server in a temporary folder on a free port, which is taken away again. As root it runs as another user, which the server
/// insists on.
/// </summary>
public class PostgreSqlServer : IAsyncDisposable
{
    private static readonly string s_suffix = OperatingSystem.IsWindows() ? ".exe" : string.Empty;

    private readonly string? _binaries = FindBinaries();
    private string? _root;

    /// <summary>Whether it is there.</summary>
    public bool IsMade => _root is not null;

    /// <summary>The port it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>Where its data are.</summary>
    public string Data => Path.Combine(_root!, "data");

    /// <summary>A folder that it may write.</summary>
    public string Root => _root!;

    /// <summary>Makes it and starts it.</summary>
    /// <returns>False where there is no server to start.</returns>
    public async Task<bool> MakeAsync()
    {
        if (_binaries is null)
            return false;

        _root = Directory.CreateTempSubdirectory("nanonets-pg-").FullName;
        Port = FreePort();
        if (IsRoot)
            await RunAsync("chown", ServerUser, _root);
        await AsServerAsync(
            "initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");

        // Everybody but the administrator has a password, which older servers would store in another way.
        await File.WriteAllTextAsync(Path.Combine(Data, "pg_hba.conf"),
            "host all postgres 127.0.0.1/32 trust\nhost replication postgres 127.0.0.1/32 trust\n"
                + "host all all 127.0.0.1/32 scram-sha-256\n");
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"),
            "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nshared_buffers = 32MB\nmax_connections = 60\n"
                + "max_wal_senders = 2\nwal_level = replica\npassword_encryption = 'scram-sha-256'\n");
        await StartAsync();
        return true;
    }

    /// <summary>Starts it, or a copy of it elsewhere.</summary>
    public Task StartAsync(string? data = null, int? port = null) => AsServerAsync(
        "pg_ctl", "start", "-w", "-s", "-D", data ?? Data, "-l", Path.Combine(_root!, "server.log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {port ?? Port}"));

    /// <summary>Writes a file among its data that nobody else may read.</summary>
    public async Task<string> WriteAsync(string name, string content)
    {
        string path = Path.Combine(Data, name);
        await File.WriteAllTextAsync(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (IsRoot)
            await RunAsync("chown", ServerUser, path);
        return path;
    }

    /// <summary>Stops it.</summary>
    /// <param name="mode">immediate: as a crash does.</param>
    /// <param name="data">A copy elsewhere.</param>
    public Task StopAsync(string mode = "immediate", string? data = null) =>
        AsServerAsync("pg_ctl", "stop", "-w", "-s", "-m", mode, "-D", data ?? Data);

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        string pid = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        using var server = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Starts it when it was killed: once the processes that it has left behind have noticed.</summary>
    public async Task StartAgainAsync()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await StartAsync();
                return;
            }
            catch (InvalidOperationException) when (tries < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_root is null)
            return;

        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await StopAsync();
        Directory.Delete(_root, true);
    }

    /// <summary>Runs a program of the server as the user that it runs as.</summary>
    public Task AsServerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries!, program + s_suffix);
        return IsRoot
            ? RunAsync("setpriv", ["--reuid", ServerUser, "--regid", ServerGroup, "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>Whoever may do nothing else: it need not be the server's usual user.</summary>
    private static string ServerUser => "nobody";

    private static string ServerGroup => "nogroup";

    private static string? FindBinaries()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(Versions("/usr/lib/postgresql")).Concat(Versions(@"C:\Program Files\PostgreSQL"))
            .Concat(Versions("/opt/homebrew/opt", "postgresql*"));
        string? pgCtl = folders.Select(static folder => Path.Combine(folder, "pg_ctl" + s_suffix)).FirstOrDefault(File.Exists);

        // The server looks for its own files beside where it really is.
        return pgCtl is null ? null : Path.GetDirectoryName(File.ResolveLinkTarget(pgCtl, true)?.FullName ?? pgCtl);
    }

    private static IEnumerable<string> Versions(string root, string pattern = "*") => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root, pattern).OrderByDescending(static folder => folder.Length)
            .ThenByDescending(static folder => folder, StringComparer.Ordinal).Select(static folder => Path.Combine(folder, "bin"))
        : [];

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        // To a file, not a pipe: the server that is started would keep a pipe open.
        string output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("sh") { WorkingDirectory = Path.GetTempPath() };
            if (OperatingSystem.IsWindows())
                start = new ProcessStartInfo(program);
            else
                start.ArgumentList.Add("-c");
            foreach (string argument in OperatingSystem.IsWindows() ? arguments
                : ["exec \"$@\" > \"$0\" 2>&1 < /dev/null", output, program, .. arguments])
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"{program} {string.Join(' ', arguments)}\n{await File.ReadAllTextAsync(output)}");
            }
        }
        finally
        {
            File.Delete(output);
        }
    }
}
