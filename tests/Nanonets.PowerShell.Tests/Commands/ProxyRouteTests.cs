using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

/// <summary>The emulator behind a proxy: everything goes through it, and back.</summary>
public class ProxyRouteTests
{
    private const string Credential = "-ProxyCredential ([pscredential]::new('clerk', (ConvertTo-SecureString p4ss -AsPlainText)))";

    [Fact]
    public async Task Documents_go_through_the_proxy_and_results_come_back()
    {
        using var proxy = new RelayProxy(null);
        await using ModuleSession session = await StartAsync(proxy, string.Empty);
        RunResult result = session.Run("Send-NanonetsDocument invoice.pdf -ProcessingType Sync | Save-NanonetsDocument out; "
            + "Get-NanonetsResult -After 2020-01-01 | ForEach-Object { $_.Fields.invoice_number }");
        Assert.Empty(result.Errors);
        Assert.Equal(["invoice.pdf", "INV-0417"],
            result.Output.Select(item => item.BaseObject is System.IO.FileInfo file ? file.Name : item.ToString()));
        Assert.All(session.Emulator.Requests.All,
            request => Assert.Contains(
                proxy.Heads, head => head.StartsWith($"{request.Method} {Host(session)}{request.Target} ", StringComparison.Ordinal)));

        // The storage host gets no key, through a proxy neither.
        Assert.All(proxy.Heads, head => Assert.Equal(
            !head.Contains("/files/", StringComparison.Ordinal), head.Contains("\r\nAuthorization: Basic ", StringComparison.Ordinal)));
    }

    /// <summary>
    /// By reading calls: with https, which everything but this machine needs, a proxy asks before a body is sent; with plain http only
    /// after it.
    /// </summary>
    [Fact]
    public async Task A_proxy_that_asks_is_told_who_calls()
    {
        using var proxy = new RelayProxy("clerk:p4ss");
        await using ModuleSession session = await StartAsync(proxy, Credential);
        RunResult result = session.Run("Get-NanonetsModel; Get-NanonetsResult -After 2020-01-01");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        Assert.Equal(2, session.Emulator.Requests.All.Count);
        Assert.Contains(proxy.Heads,
            head => head.StartsWith($"GET {Host(session)}/api/v2/ImageCategorization/Models/", StringComparison.Ordinal)
            && head.Contains("\r\nProxy-Authorization: Basic ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_that_does_not_know_the_caller_is_one_error_and_nothing_is_sent()
    {
        using var proxy = new RelayProxy("somebody:else");
        await using ModuleSession session = await StartAsync(proxy, Credential);
        RunResult result = session.Run("Send-NanonetsDocument invoice.pdf");
        Assert.NotEmpty(result.OnlyError.FullyQualifiedErrorId);
        Assert.Empty(session.Emulator.Requests.All);
        Assert.DoesNotContain("p4ss", result.OnlyError.ToString());
    }

    [Fact]
    public async Task Without_a_proxy_none_is_gone_through()
    {
        using var proxy = new RelayProxy(null);
        await using ModuleSession session = await StartAsync(proxy, string.Empty);
        session.Run("Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -NoProxy");
        Assert.Single(session.Run("Send-NanonetsDocument invoice.pdf").Output);
        Assert.Empty(proxy.Heads);
    }

    private static string Host(ModuleSession session) => session.Emulator.BaseUri.ToString().TrimEnd('/');

    private static async Task<ModuleSession> StartAsync(RelayProxy proxy, string parameters)
    {
        ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("invoice.pdf", TestInvoice.Create());
        session.Set("proxy", proxy.Address);
        session.Run($"Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -MaximumRetryCount 0 -Proxy $proxy {parameters}");
        return session;
    }
}
