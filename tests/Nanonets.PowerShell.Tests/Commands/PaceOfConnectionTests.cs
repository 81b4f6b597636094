using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>A limit of pages a minute belongs to the connection that was made with it.</summary>
public class PaceOfConnectionTests
{
    [Theory]
    [InlineData("Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model; Get-ChildItem doc*.png | Send-NanonetsDocument")]
    [InlineData("$other = Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -PassThru; Get-ChildItem doc*.png | "
        + "Send-NanonetsDocument -Connection $other")]
    public async Task Another_connection_is_not_held_to_it(string script)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("first.png");
        session.AddFiles(3);
        Assert.Empty(session.Run(
            "Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -PagesPerMinute 1; Send-NanonetsDocument first.png").Errors);
        using System.Management.Automation.PowerShell shell = session.Create(script);
        IAsyncResult running = shell.BeginInvoke();

        // At a page a minute it would take three minutes.
        var watch = Stopwatch.StartNew();
        while (!running.IsCompleted && watch.Elapsed < TimeSpan.FromSeconds(40))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        int sent = session.Uploads.Count();
        shell.Stop();
        Assert.Equal(4, sent);
    }
}
