using System.Collections.Generic;
using System.IO;
using Nanonets.Journal.Files;

namespace Nanonets.Journal.Tests.Files;

public class RealPathTests
{
    private static readonly string s_root = Path.GetPathRoot(Path.GetTempPath())!;

    [Theory]
    [InlineData("mnt/volume", "mnt/volume")]
    [InlineData("mnt/volume/state", "mnt/volume/state")]
    [InlineData("link/state", "data/state")]
    [InlineData("relative/state", "data/deep/state")]
    [InlineData("twice", "data/deep")]
    [InlineData("plain/link", "plain/link")]
    public void Links_are_followed_and_a_volume_that_is_mounted_in_a_folder_ends_there(string path, string real) =>
        Assert.Equal(At(real), RealPath.Of(At(path), Links));

    [Theory]
    [InlineData("circle/state")]
    [InlineData("deeper")]
    public void A_circle_of_links_ends(string path) => Assert.StartsWith(s_root, RealPath.Of(At(path), Links));

    [Theory]
    [InlineData("share/state", @"\\server\share")]
    [InlineData("native", @"\\server\share")]
    public void A_link_to_another_machine_leads_there_and_no_further(string path, string real) =>
        Assert.Equal(real, RealPath.Of(At(path), Links));

    [Theory]
    [InlineData(@"\??\UNC\server\share", @"\\server\share")]
    [InlineData(@"\\?\UNC\server\share", @"\\server\share")]
    [InlineData(@"\??\D:\data", @"D:\data")]
    [InlineData(@"\??\Volume{3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11}\", null)]
    [InlineData(@"..\data", @"..\data")]
    [InlineData("", null)]
    public void The_text_of_a_link_is_read_in_all_forms_that_Windows_writes(string text, string? path) =>
        Assert.Equal(path, DevicePath.OfLink(text));

    [Theory]
    [InlineData(@"C:\data")]
    [InlineData(@"\\?\C:\data")]
    [InlineData(@"\\.\C:\data")]
    [InlineData(@"\\?\Volume{3f6c1a52-8d0e-4b7a-9c41-5e2f7d9a0b11}\data")]
    [InlineData("/srv/data")]
    public void A_disk_of_this_machine_is_not_elsewhere_in_any_form(string path) => Assert.False(DevicePath.IsElsewhere(path));

    [Fact]
    public void A_folder_that_nobody_may_look_into_is_no_link()
    {
        string folder = Path.Combine(Path.GetTempPath(), "nanonets-" + Path.GetRandomFileName(), "not", "there");
        Assert.Equal(RealPath.Of(Path.GetTempPath()), RealPath.Of(folder)[..RealPath.Of(Path.GetTempPath()).Length]);
    }

    private static string At(string path) => s_root + path.Replace('/', Path.DirectorySeparatorChar);

    private static string? Links(string path) => new Dictionary<string, string>
    {
        [At("mnt/volume")] = At("mnt/volume"),
        [At("link")] = At("data"),
        [At("relative")] = Path.Combine("data", "deep"),
        [At("twice")] = At("relative"),
        [At("circle")] = At("circle2"),
        [At("circle2")] = At("circle"),
        [At("deeper")] = Path.Combine("deeper", "deeper"),
        [At("share")] = @"\\server\share",
        [At("native")] = @"\??\UNC\server\share",
    }.GetValueOrDefault(path);
}
