using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>A file given as an object is exactly that file, whatever its name looks like to the engine.</summary>
public class ObjectPathTests
{
    /// <summary>Names that the engine reads as something else, each with the file it would take instead.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "sub\\invoice.png", "sub/invoice.png" },
        { "in\\..\\private.png", "private.png" },
        { "inv [1].png", "inv 1.png" },
        { "a`[b`].png", "a[b].png" },
        { "any*.png", "any-1.png" },
        { "~", "tilde.png" },
        { "env:x.png", "x.png" },
    };

    private static string[] Ways =>
    [
        "$file | {0}",
        "{0} -Path $file",
        "{0} -LiteralPath $file",
        "[pscustomobject]@{{ FullName = $file.FullName }} | {0}",
        "[pscustomobject]@{{ SourcePath = $file.FullName }} | {0}",
        "[System.IO.FileSystemEventArgs]::new('Created', $folder, $file.FullName.Substring($folder.Length + 1)) | {0}",
        "[System.IO.RenamedEventArgs]::new('Renamed', $folder, $file.FullName.Substring($folder.Length + 1), 'old') | {0}",
        "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($file)) | {0}",
    ];

    public static MatrixTheoryData<(string Name, string Twin), string> NamesAndWays =>
        new(Names.Select(static row => row.Data), Ways);

    [Theory]
    [MemberData(nameof(NamesAndWays))]
    public async Task Is_sent_as_the_file_it_is((string Name, string Twin) names, string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync(names.Name, names.Twin);
        RunResult result = session.Run(string.Format(null, way, "Send-NanonetsDocument"));
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal(Hash(session, names.Name), Assert.Single(session.Uploads).FileHashes.Single(), ignoreCase: true);
        Assert.Equal(Path.Combine(session.Folder, names.Name), Assert.Single(result.Values("SourcePath")));
    }

    [Theory]
    [MemberData(nameof(NamesAndWays))]
    public async Task Is_missing_when_it_is_gone_though_its_twin_is_there((string Name, string Twin) names, string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync(names.Name, names.Twin);
        File.Delete(Path.Combine(session.Folder, names.Name));
        RunResult result = session.Run(string.Format(null, way, "Send-NanonetsDocument"));
        Assert.Equal(["FileMissing"], result.ErrorIds);
        Assert.Equal(Path.Combine(session.Folder, names.Name), Assert.IsType<FileInfo>(result.Errors[0].TargetObject).FullName);
        Assert.Empty(session.Uploads);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_that_file_to_the_other_cmdlets_too(string name, string twin)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync(name, twin);
        RunResult result = session.Run(
            "$file | Read-NanonetsText; Read-NanonetsText -LiteralPath $file; $file | Add-NanonetsTrainingDocument; "
                + "Add-NanonetsTrainingDocument -LiteralPath $file");
        Assert.Empty(result.Errors);
        string[] hashes = [.. session.Emulator.Requests.All.SelectMany(static request => request.FileHashes)];
        Assert.Equal(4, hashes.Length);
        Assert.All(hashes, hash => Assert.Equal(Hash(session, name), hash, ignoreCase: true));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_webhook_body_is_read_from_that_file(string name, string twin)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync(name, twin);
        session.AddFile(name,
            """{"result":[{"message":"Success","input":"right","prediction":[],"page":0,"id":"1","request_file_id":"f"}]}"""u8.ToArray());
        session.AddFile(twin,
            """{"result":[{"message":"Success","input":"wrong","prediction":[],"page":0,"id":"1","request_file_id":"f"}]}"""u8.ToArray());
        RunResult result = session.Run("ConvertFrom-NanonetsWebhook -Path $file; $file | ConvertFrom-NanonetsWebhook");
        Assert.Equal(["right", "right"], result.Values("Input"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_journal_shows_the_entry_of_that_file(string name, string twin)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync(name, twin);
        session.Run("$twin, $file | Send-NanonetsDocument -Journal uploads.db");
        RunResult result = session.Run("Get-NanonetsJournalEntry -Journal uploads.db -SourcePath $file");
        Assert.Equal([Path.Combine(session.Folder, name)], result.Values("SourcePath"));
    }

    [Fact]
    public async Task A_folder_a_journal_and_a_key_file_are_the_ones_of_their_objects()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        await using ModuleSession session = await StartAsync("sub\\invoice.png", "sub/invoice.png");
        File.WriteAllText(Path.Combine(session.Folder, "sub\\key"), session.Emulator.Options.ApiKey);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(session.Folder, "sub\\key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        RunResult result = session.Run(
            """
            Connect-Nanonets -ApiKeyFile ([System.IO.FileInfo]::new("$folder/sub\key")) -BaseUri $uri -ModelId $model -Journal ([System.IO.FileInfo]::new("$folder/sub\uploads.db"))
            $file | Send-NanonetsDocument | Get-NanonetsResult -Wait | Save-NanonetsDocument -Destination ([System.IO.DirectoryInfo]::new("$folder/sub\out"))
            """);
        Assert.Empty(result.Errors);
        Assert.Null(result.Terminating);
        Assert.True(File.Exists(Path.Combine(session.Folder, "sub\\uploads.db")));
        string saved = Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "sub\\out")));
        Assert.Equal(saved, Assert.IsType<FileInfo>(Assert.Single(result.Output).BaseObject).FullName);
        Assert.Equal(["sub/invoice.png"],
            Directory.GetFileSystemEntries(Path.Combine(session.Folder, "sub")).Select(path => Path.GetRelativePath(session.Folder, path)));
    }

    private static async Task<ModuleSession> StartAsync(string name, string twin)
    {
        ModuleSession session = await ModuleSession.StartAsync();
        session.Set("file", new FileInfo(session.AddFile(name)));
        session.Set("twin", new FileInfo(session.AddFile(twin)));
        return session;
    }

    private static string Hash(ModuleSession session, string name) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(session.Folder, name))));
}
