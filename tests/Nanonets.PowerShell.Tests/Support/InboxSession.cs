using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;

namespace Nanonets.PowerShell.Tests.Support;

/// <summary>A session with a folder "inbox" whose documents are old enough, and the destination "out".</summary>
internal sealed class InboxSession : IAsyncDisposable
{
    private const string Labels = "-Label invoice_number, total_amount";

    private InboxSession(ModuleSession module) => Module = module;

    public ModuleSession Module { get; }

    /// <summary>Documents that were charged.</summary>
    public int Charges => Module.Emulator.Billing.Charges.Count;

    public static async Task<InboxSession> StartAsync(bool connect = true, EmulatorOptions? options = null)
    {
        var session = new InboxSession(await ModuleSession.StartAsync(connect, options));
        Directory.CreateDirectory(session.PathOf("inbox"));
        return session;
    }

    public string PathOf(params string[] parts) => Path.Combine([Module.Folder, .. parts]);

    /// <summary>Puts a document into the inbox.</summary>
    /// <param name="name">Its path below the inbox.</param>
    /// <param name="content">An invoice with this number when null.</param>
    /// <param name="age">How long ago it was written to last.</param>
    public string Add(string name, byte[]? content = null, TimeSpan? age = null)
    {
        string path = Module.AddFile(Path.Combine("inbox", name), content ?? TestInvoice.Create(Path.GetFileNameWithoutExtension(name)));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - (age ?? TimeSpan.FromHours(1)));
        return path;
    }

    /// <summary>One pass; gives what it left in each stream.</summary>
    public RunResult Run(string more = "") => Module.Run($"Invoke-NanonetsInbox inbox out {Labels} {more}");

    /// <summary>One pass that ends with no error, and lets go of its journal.</summary>
    public InboxRunView Pass(string more = "")
    {
        RunResult result = Run(more);
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Empty(Directory.GetFiles(Module.Folder, "*.db-run-*", SearchOption.AllDirectories));
        return new InboxRunView(Assert.Single(result.Output));
    }

    /// <summary>What lies in the inbox, in the destination, or in a folder of it, by its path below that.</summary>
    public string[] Files(params string[] folder)
    {
        string root = PathOf(folder);
        return !Directory.Exists(root) ? [] :
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(static path => !path.StartsWith("uploads.db", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The lines of all files of rows, without the lines of column names.</summary>
    public IReadOnlyList<string> Rows() =>
        [.. Files("out", "rows").SelectMany(file => File.ReadAllLines(PathOf("out", "rows", file)).Skip(1))];

    public ValueTask DisposeAsync() => Module.DisposeAsync();
}
