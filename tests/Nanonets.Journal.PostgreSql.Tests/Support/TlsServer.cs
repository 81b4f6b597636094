using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Nanonets.Tests;

namespace Nanonets.Journal.PostgreSql.Tests.Support;

/// <summary>
/// A server that encrypts, with a certificate for localhost and for the machine's name that an authority of the tests has signed.
/// </summary>
public sealed class TlsServer : IAsyncLifetime
{
    private readonly PostgreSqlCluster _cluster = new();
    private readonly CertificateRequest _request;
    private readonly X509Certificate2 _authority;
    private readonly RSA _key = RSA.Create(2048);
    private bool _isMade;

    public TlsServer()
    {
        _authority = Authority("CN=Authority of the tests");
        _request = new CertificateRequest("CN=a database", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        _request.CertificateExtensions.Add(names.Build());
        _request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
    }

    /// <summary>The certificate of the authority, in a file.</summary>
    public string Root => Path.Combine(_cluster.Root, "root.crt");

    /// <summary>The certificate of an authority that has signed nothing.</summary>
    public string OtherRoot => Path.Combine(_cluster.Root, "other.crt");

    /// <summary>A file that holds no certificate.</summary>
    public string Key => Path.Combine(_cluster.Data, "server.key");

    /// <summary>A new journal, reached under a name of the server.</summary>
    /// <param name="host">The name.</param>
    /// <param name="parameters">What else the address has.</param>
    public async Task<string> AddressAsync(string host, string parameters)
    {
        _cluster.NeedOwn();
        if (!_isMade)
        {
            File.WriteAllText(Root, _authority.ExportCertificatePem());
            using X509Certificate2 other = Authority("CN=Another authority");
            File.WriteAllText(OtherRoot, other.ExportCertificatePem());
            await UseCertificateAsync(validFor: TimeSpan.FromDays(30));
            _isMade = true;
        }

        string rest = parameters.Length > 0 ? "&" + parameters : string.Empty;
        return _cluster.NewAddress().Replace("@127.0.0.1:", $"@{host}:", StringComparison.Ordinal) + rest;
    }

    /// <summary>Starts the server anew with a certificate that is valid for so long, from two days ago.</summary>
    public async Task UseCertificateAsync(TimeSpan validFor)
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-2);
        using X509Certificate2 certificate = _request.Create(_authority, from, from + validFor, Guid.NewGuid().ToByteArray());
        await _cluster.StopAsync("fast");
        await _cluster.WriteAsync("server.crt", certificate.ExportCertificatePem());
        await _cluster.WriteAsync(Path.GetFileName(Key), _key.ExportPkcs8PrivateKeyPem());
        await _cluster.WriteAsync("postgresql.auto.conf", "ssl = on\nlisten_addresses = '*'\n");
        await _cluster.WriteAsync("pg_hba.conf", "host all all samehost trust\n");
        await _cluster.StartAsync();
    }

    /// <summary>Whether a name leads somewhere.</summary>
    public static bool IsFound(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).Length > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _authority.Dispose();
        _key.Dispose();
        return _cluster.DisposeAsync();
    }

    private static X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest(name, RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
    }
}
