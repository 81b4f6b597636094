using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>What lies in a folder and is no file: reading it may never end.</summary>
public class SpecialFileTests
{
    [Theory]
    [InlineData("Get-ChildItem | Send-NanonetsDocument")]
    [InlineData("Get-ChildItem | Send-NanonetsDocument -SkipTypeCheck")]
    [InlineData("Send-NanonetsDocument *.png")]
    [InlineData("Send-NanonetsDocument *.png -Journal uploads.db")]
    [InlineData("Send-NanonetsDocument -LiteralPath a-pipe.png, b-socket.png, c-link.png, d.png")]
    [InlineData("Get-ChildItem | Read-NanonetsText")]
    [InlineData("Get-ChildItem | Add-NanonetsTrainingDocument")]
    public async Task A_named_pipe_and_a_socket_are_errors_and_the_rest_goes_on(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in a folder.");
        await using ModuleSession session = await ModuleSession.StartAsync();
        using Socket socket = AddSpecialFiles(session);
        RunResult result = session.Run(script);
        Assert.Equal(["SourceUnavailable", "SourceUnavailable", "SourceUnavailable"], result.ErrorIds);
        Assert.Equal(["a-pipe.png", "b-socket.png", "c-link.png"],
            result.Errors.Select(static error => Assert.IsType<FileInfo>(error.TargetObject).Name).Order());
        Assert.Equal(["d.png"], session.Emulator.Requests.All.SelectMany(static request => request.FileNames));
    }

    [Fact]
    public async Task WhatIf_says_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in a folder.");
        await using ModuleSession session = await ModuleSession.StartAsync();
        using Socket socket = AddSpecialFiles(session);
        RunResult result = session.Run("Get-ChildItem | Send-NanonetsDocument -WhatIf");
        Assert.Equal(["SourceUnavailable", "SourceUnavailable", "SourceUnavailable"], result.ErrorIds);
        Assert.Empty(session.Uploads);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/tty")]
    public async Task A_device_is_an_error(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The devices of Linux.");
        Assert.SkipUnless(File.Exists(path), "This machine has no such device.");
        await using ModuleSession session = await ModuleSession.StartAsync();
        session.AddFile("d.png");
        Assert.Equal(["SourceUnavailable"], session.Run($"Send-NanonetsDocument {path}, d.png").ErrorIds);
        Assert.Single(session.Uploads);
    }

    [Fact]
    public async Task A_webhook_body_and_a_key_are_not_read_from_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in a folder.");
        await using ModuleSession session = await ModuleSession.StartAsync();
        using Socket socket = AddSpecialFiles(session);
        Assert.Equal(["SourceUnavailable"], session.Run("ConvertFrom-NanonetsWebhook -Path a-pipe.png").ErrorIds);
        Assert.Equal(
            "ApiKeyFileUnusable", session.Run("Connect-Nanonets -ApiKeyFile a-pipe.png").OnlyError.FullyQualifiedErrorId.Split(',')[0]);
    }

    private static Socket AddSpecialFiles(ModuleSession session)
    {
        string pipe = Path.Combine(session.Folder, "a-pipe.png");
        using (var make = Process.Start("mkfifo", [pipe]))
            make.WaitForExit();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(session.Folder, "b-socket.png")));
        File.CreateSymbolicLink(Path.Combine(session.Folder, "c-link.png"), pipe);
        session.AddFile("d.png");
        return socket;
    }
}
