using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace Nanonets.Diagnosis;

/// <summary>Makes a secure connection and says what the other side showed, in more words than a failed request has.</summary>
internal static class TlsProbe
{
    /// <summary>A certificate that runs out within this time is a trouble of next week.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    /// <summary>Handshakes and ends the connection; nothing else is sent.</summary>
    public static async Task<ConnectionCheck> RunAsync(Stream line, NanonetsClientOptions options)
    {
        string problem = string.Empty;
        X509Certificate2? shown = null;
        using var secure = new SslStream(line, true, (_, certificate, chain, errors) =>
        {
            shown = certificate is null ? null : new X509Certificate2(certificate);
            problem = Explain(errors, chain);
            return errors == SslPolicyErrors.None;
        });
        try
        {
            X509CertificateCollection own = options.Certificate is { } certificate ? [certificate] : [];
            await secure.AuthenticateAsClientAsync(options.BaseUri.DnsSafeHost, own, SslProtocols.None, false).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            string why = problem.Length > 0 ? problem : failure.GetBaseException().Message;
            return new ConnectionCheck("Tls", CheckStatus.Failed, $"{why}{Describe(shown)}",
                "If a proxy or scanner in your network inspects TLS connections, trust its root certificate on this machine. "
                    + "Also check the clock.");
        }

        DateTime end = shown!.NotAfter.ToUniversalTime();
        string detail = $"{secure.SslProtocol}{Describe(shown)}";
        return end - DateTime.UtcNow > s_soon
            ? new ConnectionCheck("Tls", CheckStatus.Ok, detail)
            : new ConnectionCheck(
                "Tls", CheckStatus.Warning, detail,
                "The certificate of the service, or of a proxy on the way, expires soon. Tell its administrator.");
    }

    private static string Explain(SslPolicyErrors errors, X509Chain? chain)
    {
        if ((errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0)
            return "the service presented no certificate";
        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            return "the certificate is for another name";
        return errors == SslPolicyErrors.None || chain is null
            ? string.Empty
            : "the certificate is not trusted: " + string.Join(
                ", ", chain.ChainStatus.Select(static status => status.Status.ToString()).Distinct());
    }

    private static string Describe(X509Certificate2? certificate) => certificate is null
        ? string.Empty
        : string.Format(CultureInfo.InvariantCulture, "; {0}, issued by {1}, until {2:yyyy-MM-dd}",
            certificate.GetNameInfo(X509NameType.DnsName, false), certificate.GetNameInfo(X509NameType.SimpleName, true),
            certificate.NotAfter.ToUniversalTime());
}
