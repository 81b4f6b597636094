using System;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Journal.PostgreSql.Tests.Support;
using Nanonets.Journaling;
using Nanonets.Processes;
using Nanonets.Tests;

namespace Nanonets.Journal.PostgreSql.Tests;

/// <summary>The way to the server is encrypted and the server verified, or the error says what is wrong with its certificate.</summary>
public sealed class TlsTests(TlsServer server, PostgreSqlCluster unencrypted) : IClassFixture<TlsServer>
{
    [Theory]
    [InlineData("localhost", "sslmode=verify-full&sslrootcert={root}", "verify-full")]
    [InlineData("localhost", "sslrootcert={root}", "verify-full")]
    [InlineData("127.0.0.1", "sslmode=verify-ca&sslrootcert={root}", "verify-ca")]
    [InlineData("127.0.0.1", "sslmode=require&sslrootcert={root}", "verify-ca")]
    public async Task A_server_whose_certificate_is_right_is_accepted(string host, string parameters, string mode)
    {
        JournalLocation location = await LocationAsync(host, parameters);
        PostgreSqlJournal.Open(location).Dispose();
        Assert.Equal((CheckStatus.Ok, $"encrypted, sslmode {mode}, on this machine"), Tls(location));
    }

    [Theory]
    [InlineData("127.0.0.1", "sslmode=verify-full&sslrootcert={root}", "it is for localhost, {name}, not for 127.0.0.1")]
    [InlineData("127.0.0.1", "sslrootcert={root}", "it is for localhost, {name}, not for 127.0.0.1")]
    [InlineData("localhost", "sslmode=verify-full", "CN=Authority of the tests has signed it, which this machine does not know")]
    [InlineData("localhost", "sslmode=verify-ca", "CN=Authority of the tests has signed it, which this machine does not know")]
    [InlineData("localhost", "sslmode=verify-full&sslrootcert={other}", "is none of the authorities in the file that sslrootcert names")]
    [InlineData("localhost", "sslmode=require&sslrootcert={other}", "is none of the authorities in the file that sslrootcert names")]
    public async Task A_server_whose_certificate_is_wrong_is_refused_and_the_error_says_why(string host, string parameters, string why)
    {
        JournalLocation location = await LocationAsync(host, parameters);
        string message = Refused(location);
        Assert.Contains("the server's certificate is not accepted: ", message);
        Assert.Contains(why.Replace("{name}", Environment.MachineName, StringComparison.Ordinal), message);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused()
    {
        JournalLocation location = await LocationAsync("localhost", "sslmode=verify-full&sslrootcert={root}");
        await server.UseCertificateAsync(validFor: TimeSpan.FromDays(1));
        try
        {
            Assert.Contains("the server's certificate is not accepted: it counts from ", Refused(location));
        }
        finally
        {
            await server.UseCertificateAsync(validFor: TimeSpan.FromDays(30));
        }
    }

    [Fact]
    public async Task Beyond_this_machine_an_unverified_server_is_refused_unless_the_address_says_so()
    {
        string name = Environment.MachineName;
        Assert.SkipUnless(TlsServer.IsFound(name), "This machine does not find itself by its name.");
        Assert.Contains("this machine does not know", Refused(await LocationAsync(name, "")));
        Assert.Equal((CheckStatus.Ok, "encrypted, sslmode verify-full"), Tls(await LocationAsync(name, "sslrootcert={root}")));
        Assert.Equal((CheckStatus.Warning, "encrypted, sslmode require: nobody verifies that this is the server"),
            Tls(await LocationAsync(name, "sslmode=require")));
        Assert.Equal((CheckStatus.Warning, "not encrypted, sslmode disable: nobody verifies that this is the server"),
            Tls(await LocationAsync(name, "sslmode=disable")));
    }

    [Theory]
    [InlineData("sslmode=verify-full")]
    [InlineData("sslmode=require")]
    public void A_server_that_does_not_encrypt_is_refused(string parameters)
    {
        unencrypted.NeedOwn();
        Assert.Contains("No SSL enabled connection", Refused(JournalLocation.OfDatabase($"{unencrypted.NewAddress()}&{parameters}")));
    }

    /// <summary>What it says of one server it says of several, too.</summary>
    [Fact]
    public async Task Of_several_servers_each_is_verified()
    {
        JournalLocation location = await LocationAsync("localhost,127.0.0.1", "sslmode=verify-full&sslrootcert={other}");
        Assert.Contains("is none of the authorities in the file that sslrootcert names", Refused(location));
    }

    [Theory]
    [InlineData("/nowhere/root.crt")]
    [InlineData("{key}")]
    public async Task A_file_without_an_authority_is_named(string path)
    {
        string message = Refused(await LocationAsync("localhost", $"sslmode=verify-full&sslrootcert={path}"));
        Assert.Contains("The address of the journal cannot be used: its sslrootcert '/", message);
        Assert.Contains("' cannot be read (", message);
    }

    /// <summary>What a user types, with the staged module.</summary>
    [Fact]
    public async Task The_check_of_a_connection_says_how_the_way_is_protected_or_why_there_is_none()
    {
        JournalLocation right = await LocationAsync("localhost", "sslrootcert={root}");
        JournalLocation wrong = await LocationAsync("localhost", "sslrootcert={other}");
        await using EmulatorServer emulator = await EmulatorServer.StartAsync(new EmulatorOptions(), TestContext.Current.CancellationToken);
        string connect = $"Connect-Nanonets -ApiKey {emulator.Options.ApiKey} -BaseUri {emulator.ApiUri}";
        const string checks = "Test-NanonetsConnection | Where-Object Check -in Journal, JournalTls | ForEach-Object ToString";
        string output = await Pwsh.RunAsync($"""
            Import-Module '{CmdletTests.Manifest()}' -ErrorAction Stop
            {connect} -Journal '{right}'
            {checks}
            {connect} -Journal '{wrong}'
            {checks}
            """, TestContext.Current.CancellationToken);
        Assert.Contains("JournalTls: Ok, encrypted, sslmode verify-full, on this machine", output);
        Assert.Contains($"Journal: Failed, The journal '{wrong}' cannot be used: the server's certificate is not accepted: ", output);
    }

    private async Task<JournalLocation> LocationAsync(string host, string parameters)
    {
        string address = await server.AddressAsync(host, parameters);
        return JournalLocation.OfDatabase(address.Replace("{root}", server.Root, StringComparison.Ordinal)
            .Replace("{other}", server.OtherRoot, StringComparison.Ordinal).Replace("{key}", server.Key, StringComparison.Ordinal));
    }

    /// <summary>What is refused is refused at once: nothing of it passes by itself.</summary>
    private static string Refused(JournalLocation location)
    {
        var patient = new JournalTimes { Patience = TimeSpan.FromHours(1) };
        NanonetsException refused = Assert.Throws<NanonetsException>(() => PostgreSqlJournal.Open(location, times: patient).Dispose());
        Assert.Equal(NanonetsErrorId.JournalUnavailable, refused.ErrorId);
        return refused.Message;
    }

    private static (CheckStatus Status, string Detail) Tls(JournalLocation location) => new PostgreSqlJournalLibrary().Check(location)
        .Where(static check => check.Check == "JournalTls").Select(static check => (check.Status, check.Detail)).Single();
}
