using System.Collections.Generic;
using System.IO;
using Nanonets.Journal.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Tests.Files;

public sealed class FolderSafetyTests : System.IDisposable
{
    private static readonly string[] s_mounts =
    [
        "/dev/vda / ext4 rw,relatime 0 0",
        "proc /proc proc rw 0 0",
        "files:/export /mnt/nfs nfs4 rw,vers=4.2 0 0",
        "//files/share /mnt/share\\040one cifs rw 0 0",
        "me@host: /mnt/ssh fuse.sshfs rw 0 0",
        "/dev/sdb1 /mnt/usb fuseblk rw 0 0",
        "C:\\134 /mnt/c 9p rw,aname=drvfs 0 0",
        "tmpfs /mnt/nfs/local tmpfs rw 0 0",
        "overlay /mnt/overlay overlay rw 0 0",
    ];

    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/mnt/nfs", "nfs4")]
    [InlineData("/mnt/nfs/deep/er", "nfs4")]
    [InlineData("/mnt/share one/x", "cifs")]
    [InlineData("/mnt/ssh", "fuse.sshfs")]
    [InlineData("/mnt/c/Users", "9p")]
    public void A_network_file_system_is_refused_by_its_name(string folder, string fileSystem)
    {
        MountedVolume volume = MountedVolume.FromMounts(s_mounts, folder)!;
        Assert.Equal(fileSystem, volume.FileSystem);
        Assert.Contains(fileSystem, new FolderSafety(_ => volume, _ => null).Refusal(_folder.Root));
    }

    [Theory]
    [InlineData("/home/me")]
    [InlineData("/mnt/nfsx")]
    [InlineData("/mnt/usb")]
    [InlineData("/mnt/nfs/local/state")]
    [InlineData("/mnt/overlay")]
    public void A_local_file_system_is_taken(string folder)
    {
        MountedVolume volume = MountedVolume.FromMounts(s_mounts, folder)!;
        Assert.Null(new FolderSafety(_ => volume, _ => null).Refusal(_folder.Root));
    }

    [Theory]
    [InlineData("OneDrive", "OneDrive")]
    [InlineData("OneDrive - Contoso", "OneDrive")]
    [InlineData("Dropbox (Personal)", "Dropbox")]
    [InlineData("Library/Mobile Documents/com~apple~CloudDocs", "iCloud")]
    [InlineData("Library/CloudStorage/GoogleDrive-me@example.com", "Google Drive")]
    [InlineData("My Drive", "Google Drive")]
    [InlineData("Nextcloud", "Nextcloud")]
    public void A_synchronised_folder_is_refused_by_its_name(string folder, string program)
    {
        string inside = Path.Combine(_folder.Root, folder, "state");
        Directory.CreateDirectory(inside);
        Assert.Contains($"synchronised by {program}", Local().Refusal(inside));
    }

    [Theory]
    [InlineData("OneDriver")]
    [InlineData("Dropboxes")]
    [InlineData("My Drives")]
    public void A_name_that_only_begins_alike_is_taken(string folder)
    {
        string inside = Path.Combine(_folder.Root, folder);
        Directory.CreateDirectory(inside);
        Assert.Null(Local().Refusal(inside));
    }

    [Fact]
    public void A_synchronised_folder_is_known_by_what_its_program_leaves_in_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, ".stfolder"));
        Assert.Contains("Syncthing", Local().Refusal(Directory.CreateDirectory(Path.Combine(_folder.Root, "state")).FullName));
    }

    [Fact]
    public void A_renamed_OneDrive_is_known_by_its_variable()
    {
        var safety = new FolderSafety(_ => null, name => name == "OneDriveCommercial" ? _folder.Root + Path.DirectorySeparatorChar : null);
        Assert.Contains("OneDrive", safety.Refusal(_folder.Root));
        Assert.Contains("OneDrive", safety.Refusal(Directory.CreateDirectory(Path.Combine(_folder.Root, "deep")).FullName));
        Assert.Null(safety.Refusal(Path.GetTempPath().TrimEnd('/', '\\')));
    }

    [Theory]
    [InlineData(@"\\server\share\state")]
    [InlineData(@"//server/share")]
    [InlineData(@"\\?\UNC\server\share")]
    [InlineData(@"\\.\UNC\server\share")]
    [InlineData(@"\\.\unc\server\share")]
    [InlineData("//?/UNC/server/share")]
    [InlineData(@"\\?\GLOBALROOT\Device\Mup\server\share")]
    public void A_path_on_another_machine_is_refused(string folder) => Assert.Contains("another machine", Local().Refusal(folder));

    [Fact]
    public void A_drive_that_the_system_calls_a_network_drive_is_refused() =>
        Assert.Contains(
            "network drive", new FolderSafety(_ => new MountedVolume("NTFS", IsNetwork: true), _ => null).Refusal(_folder.Root));

    [Fact]
    public void A_link_is_followed_to_where_it_leads()
    {
        Assert.SkipWhen(System.OperatingSystem.IsWindows(), "Making links needs a privilege on Windows.");
        string synced = Directory.CreateDirectory(Path.Combine(_folder.Root, "Dropbox", "state")).FullName;
        string link = Path.Combine(_folder.Root, "innocent");
        Directory.CreateSymbolicLink(link, synced);
        Assert.Contains("Dropbox", Local().Refusal(link));
        Assert.Contains("Dropbox", Local().Refusal(Directory.CreateDirectory(Path.Combine(link, "deeper")).FullName));
    }

    [Fact]
    public void The_user_is_told_why_and_nothing_is_made()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Root, "Dropbox")).FullName;
        NanonetsException refused = Assert.Throws<NanonetsException>(
            () => SqliteJournal.Open(Path.Combine(folder, "uploads.db"), folders: Local()));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, refused.ErrorId);
        Assert.Contains("synchronised by Dropbox", refused.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void This_machine_says_on_which_file_system_its_temporary_folder_is()
    {
        MountedVolume? volume = MountedVolume.Of(RealPath.Of(_folder.Root));
        Assert.NotNull(volume);
        Assert.NotEmpty(volume.FileSystem);
    }

    private static FolderSafety Local() => new(_ => new MountedVolume("ext4"), _ => null);
}
