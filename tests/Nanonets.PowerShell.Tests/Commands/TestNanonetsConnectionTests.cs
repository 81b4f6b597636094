using System;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Nanonets.PowerShell.Tests.Support;

namespace Nanonets.PowerShell.Tests.Commands;

public class TestNanonetsConnectionTests
{
    [Fact]
    public async Task All_is_well_with_a_ready_model_and_nothing_is_billed()
    {
        await using ModuleSession session = await ModuleSession.StartAsync();
        RunResult result = session.Run("Test-NanonetsConnection");
        Assert.Equal(
            ["Name Ok", "Proxy Ok", "Tls Skipped", "Service Ok", "Clock Ok", "Key Ok", "Model Ok", "Journal Skipped"], Statuses(result));
        Assert.All(session.Emulator.Requests.All, request => Assert.Equal("GET", request.Method));
        Assert.Empty(session.Emulator.Billing.Charges);
        Assert.Empty(result.Errors);
        string shown = session.Show("Test-NanonetsConnection");
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
        Assert.Contains("Service  Ok", shown);
    }

    [Theory]
    [InlineData("nightly.db", "Journal Ok", "first run creates it")]
    [InlineData("nowhere/nightly.db", "Journal Failed", "does not exist")]
    [InlineData("broken.db", "Journal Failed", "broken.db")]
    public async Task The_journal_is_looked_at_and_not_made(string journal, string expected, string detail)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.AddFile("broken.db", "this is no journal"u8.ToArray());
        RunResult result = session.Run(
            $"Connect-Nanonets -ApiKey $key -BaseUri $uri -ModelId $model -Journal {journal}; Test-NanonetsConnection");
        Assert.Contains(expected, Statuses(result));
        Assert.Contains(detail, (string)result.Output[^1].Properties["Detail"].Value);
        Assert.False(System.IO.File.Exists(System.IO.Path.Combine(session.Folder, "nightly.db")));
    }

    [Theory]
    [InlineData("-ApiKey wrong", "Key Failed", "Model Skipped", "Connect-Nanonets -ApiKey")]
    [InlineData("-ApiKey $key -ModelId unknown", "Key Ok", "Model Failed", "Check the id")]
    public async Task Says_what_is_wrong_and_what_to_do(string settings, string key, string model, string remedy)
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run(
            $"Connect-Nanonets {settings} -BaseUri $uri; Test-NanonetsConnection {(settings.Contains("ModelId") ? "" : "$model")}");
        Assert.Contains(key, Statuses(result));
        Assert.Contains(model, Statuses(result));
        Assert.Contains(remedy, string.Join(' ', result.Values("Remedy")));
        Assert.DoesNotContain(session.Emulator.Options.ApiKey, string.Join(' ', result.Values("Detail")));
    }

    [Fact]
    public async Task What_rests_on_a_failed_check_is_skipped()
    {
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        RunResult result = session.Run("Connect-Nanonets -ApiKey k -BaseUri https://nanonets.invalid -NoProxy; Test-NanonetsConnection m");
        Assert.Equal(["Name Failed", "Proxy Ok", "Tls Skipped", "Service Skipped", "Clock Skipped", "Key Skipped", "Model Skipped",
            "Journal Skipped"], Statuses(result));
        Assert.Contains("-BaseUri", (string)result.Output[0].Properties["Remedy"].Value);
    }

    [Theory]
    [InlineData(0, 5, "Ok")]
    [InlineData(1, 5, "Warning")]
    [InlineData(0, 3, "Failed")]
    [InlineData(0, 6, "Ok")]
    public async Task Clock_and_state_of_the_model_are_judged(int hoursApart, int state, string expected)
    {
        using var service = new StubService(_ => (200, $$"""{"model_id":"m","model_type":"ocr","state":{{state}},"categories":[]}"""));
        service.Headers["Date"] = DateTimeOffset.UtcNow.AddHours(hoursApart).ToString("R");
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("stub", service.Address);
        RunResult result = session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m; Test-NanonetsConnection");
        Assert.Contains((hoursApart > 0 ? "Clock " : "Model ") + expected, Statuses(result));
    }

    [Theory]
    [InlineData(503, "{}")]
    [InlineData(200, "<html>login</html>")]
    [InlineData(302, "")]
    public async Task An_answer_that_is_not_the_services_is_told_apart(int status, string body)
    {
        using var service = new StubService(_ => (status, body));
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("stub", service.Address);
        RunResult result = session.Run("Connect-Nanonets -ApiKey k -BaseUri $stub -ModelId m; Test-NanonetsConnection");
        Assert.Contains("Service Failed", Statuses(result));
        Assert.Contains("Key Skipped", Statuses(result));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_named()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=self-made", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task served = HandshakeAsync(listener, certificate);
        await using ModuleSession session = await ModuleSession.StartAsync(connect: false);
        session.Set("address", $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        RunResult result = session.Run("Connect-Nanonets -ApiKey k -BaseUri $address -NoProxy; Test-NanonetsConnection m");
        await served;
        Assert.Equal(["Name Ok", "Proxy Ok", "Tls Failed", "Service Skipped"], Statuses(result).Take(4));
        Assert.Contains("self-made", (string)result.Output[2].Properties["Detail"].Value);
    }

    private static async Task HandshakeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(certificate);
        }
        catch (Exception refused) when (refused is AuthenticationException or System.IO.IOException)
        {
            // The other side did not like the certificate: that is the test.
        }
    }

    private static string[] Statuses(RunResult result) =>
        [.. result.Output.Select(item => $"{item.Properties["Check"].Value} {item.Properties["Status"].Value}")];
}
