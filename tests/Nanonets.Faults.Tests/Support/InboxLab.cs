using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Http;
using Nanonets.Inbox;

namespace Nanonets.Faults.Tests.Support;

/// <summary>An emulator, an inbox and a destination, and what holds of them after all passes, whatever went wrong in between.</summary>
internal sealed partial class InboxLab : IAsyncDisposable
{
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly string[] s_folders = ["done", "review", "failed"];

    private readonly string _root = Directory.CreateTempSubdirectory("nanonets-inbox-").FullName;
    private readonly Dictionary<string, int> _contents = [];

    private InboxLab()
    {
        Inbox = Directory.CreateDirectory(Path.Combine(_root, "inbox")).FullName;
        Destination = Path.Combine(_root, "out");
    }

    public EmulatorServer Emulator { get; private set; } = null!;

    /// <summary>As fast as the machine's until what is to go wrong has gone wrong.</summary>
    public FastTime Time { get; set; } = new(1, DateTimeOffset.UtcNow);

    public string Inbox { get; }

    public string Destination { get; set; }

    public string? RowsPath { get; set; }

    /// <summary>A path or an address; null for a file of the lab's own.</summary>
    public string? Journal { get; set; }

    public string Root => _root;

    /// <summary>Contents that are to be sent: each costs once.</summary>
    public HashSet<string> ToBeCharged { get; } = [];

    public static async Task<InboxLab> StartAsync()
    {
        var lab = new InboxLab();
        lab.Emulator = await EmulatorServer.StartAsync(
            new EmulatorOptions { ProcessingTimePerPage = TimeSpan.Zero, Seed = 20250317,
                TimeProvider = FastTime.ForEmulator(() => lab.Time) }, TestContext.Current.CancellationToken);
        return lab;
    }

    public InboxOrder Order() => new()
    {
        Inbox = Inbox,
        Destination = Destination,
        Journal = Journal ?? Path.Combine(_root, "uploads.db"),
        Api = Emulator.ApiUri,
        Model = Emulator.Options.ModelId,
        Time = Time,
        RowsPath = RowsPath,
    };

    /// <summary>A picture of its own content: the service finds no value in it.</summary>
    public static byte[] Content(string text) => [.. Convert.FromBase64String(Picture), .. Encoding.UTF8.GetBytes(text)];

    /// <summary>Puts a document into the inbox, old enough.</summary>
    public string Add(string name, byte[]? content = null, bool isSent = true)
    {
        byte[] bytes = content ?? Content(name);
        string path = Path.Combine(Inbox, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        Expect(bytes, isSent);
        return path;
    }

    /// <summary>A document that is put into the inbox by somebody else.</summary>
    public void Expect(byte[] content, bool isSent = true)
    {
        string hash = Hash(content);
        _contents[hash] = _contents.GetValueOrDefault(hash) + 1;
        if (isSent)
            ToBeCharged.Add(hash);
    }

    public InboxProcess StartPass() => InboxProcess.Start(Order(), Emulator.Options.ApiKey);

    /// <summary>One pass in this process.</summary>
    /// <param name="ended">Told of each document.</param>
    /// <param name="order">Another order than the lab's own.</param>
    public async Task<InboxRun> PassAsync(Action<InboxDocument>? ended = null, InboxOrder? order = null)
    {
        order ??= Order();
        InboxOptions what = order.ToOptions();
        using NanonetsClient client = order.ToClient(Emulator.Options.ApiKey);
        using InboxPass pass = InboxProcess.Pass(what, client, new SilentWatcher(ended));
        return await InboxProcess.RunAsync(pass, what, client);
    }

    /// <summary>
    /// Every document is in exactly one place, each that was filed has its result beside it and nothing else is there, each that was read
    /// has its row and none has two, each content that was to be sent was charged once, and nothing is left in the making.
    /// </summary>
    public void Check()
    {
        Assert.Empty(Emulator.Billing.ChargedTwice);
        string[] filed = [.. s_folders.SelectMany(Filed)];
        string[] originals = [.. filed.Where(static path => !path.EndsWith(".json", StringComparison.Ordinal))];
        string[] left = [.. Directory.EnumerateFiles(Inbox, "*", SearchOption.AllDirectories)];
        Dictionary<string, int> found = originals.Concat(left).GroupBy(static path => Hash(File.ReadAllBytes(path)))
            .ToDictionary(static same => same.Key, static same => same.Count());
        Assert.Equal(_contents.OrderBy(static pair => pair.Key), found.OrderBy(static pair => pair.Key));
        Assert.Equal(originals.Select(static path => path + ".json").Order(), filed.Except(originals).Order());
        Assert.All(filed.Except(originals), path => Assert.Equal(
            path[..^".json".Length], JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("SourcePath").GetString()));

        string[] read = [.. originals.Where(path => !path.StartsWith(Path.Combine(Destination, "failed"), StringComparison.Ordinal))];
        Assert.Equal(read.Order(), Rows().Select(static row => Cell().Matches(row).Select(static cell => cell.Groups[1].Value)
            .First(static cell => Path.IsPathRooted(cell))).Order());
        string making = Path.Combine(Destination, ".nanonets");
        Assert.Empty(Directory.Exists(making) ? Directory.EnumerateFileSystemEntries(making) : []);
    }

    /// <summary>Everything is filed, and charged once.</summary>
    public void CheckEmpty(params string[] left)
    {
        Check();
        Assert.Equal(left.Order(), Directory.EnumerateFiles(Inbox, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
        Assert.Equal(ToBeCharged.Order(), Emulator.Billing.Charges.Select(static charge => charge.Sha256).Order());
    }

    /// <summary>The rows of all files, without the lines of column names.</summary>
    public IReadOnlyList<string> Rows()
    {
        string folder = Path.Combine(Destination, "rows");
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];
        return [.. files.Concat(File.Exists(RowsPath) ? [RowsPath] : []).SelectMany(static file => File.ReadAllLines(file).Skip(1))];
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Directory.Delete(_root, true);
    }

    [GeneratedRegex("\"((?:[^\"]|\"\")*)\"")]
    private static partial Regex Cell();

    private IEnumerable<string> Filed(string folder)
    {
        string path = Path.Combine(Destination, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [];
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed class SilentWatcher(Action<InboxDocument>? ended) : IInboxWatcher
    {
        public void Accepted()
        {
        }

        public void Ended(InboxDocument document) => ended?.Invoke(document);

        public void Verbose(string text)
        {
        }

        public void Warn(string text)
        {
        }

        public void RequestCompleted(RequestTrace trace)
        {
        }

        public void BodyBytesSent(long delta)
        {
        }
    }
}
