using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nanonets.Journal.PostgreSql.Serving;

/// <summary>
/// Verifies the certificate of a database server. The provider would do it too, but could not say why one is refused, and its name, its
/// authority and its dates are mended in different places.
/// </summary>
/// <param name="comparesNames">Whether it must be for the host of the address.</param>
/// <param name="authorities">Who may have signed it; null for whom the machine knows.</param>
internal sealed class ServerCertificate(bool comparesNames, X509Certificate2Collection? authorities)
{
    private const X509ChainStatusFlags NobodyKnown = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    /// <summary>Has a handshake verify the certificate.</summary>
    public void Demand(SslClientAuthenticationOptions handshake)
    {
        handshake.CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authorities is not null)
        {
            handshake.CertificateChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            handshake.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        string host = handshake.TargetHost!;
        handshake.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (!comparesNames)
                errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
            return errors == SslPolicyErrors.None
                ? true
                : throw new CertificateRefusedException(Reason(host, (X509Certificate2?)certificate, chain, errors));
        };
    }

    /// <summary>The authorities in a file: certificates as text, as libpq takes them, or one as Windows exports it.</summary>
    /// <exception cref="FormatException">There is no such file, or no certificate in it.</exception>
    public static X509Certificate2Collection Authorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
            if (authorities.Count == 0)
                authorities.Add(new X509Certificate2(path));
            return authorities;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"its sslrootcert '{path}' cannot be read ({unreadable.Message.TrimEnd('.')})", unreadable);
        }
    }

    private string Reason(string host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return "there is none";
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return $"it is for {string.Join(", ", Names(certificate))}, not for {host}. Use such a name in the address, or "
                + "sslmode=verify-ca, which compares no names";
        }

        X509ChainStatus[] wrong = chain!.ChainStatus;
        if (wrong.Any(static status => (status.Status & NobodyKnown) != 0))
        {
            return $"{certificate.Issuer} has signed it, which " + (authorities is null
                ? "this machine does not know. Name the authority's certificate with sslrootcert=…"
                : "is none of the authorities in the file that sslrootcert names");
        }

        return wrong.Any(static status => status.Status == X509ChainStatusFlags.NotTimeValid)
            ? string.Create(
                CultureInfo.InvariantCulture, $"it counts from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}")
            : string.Join("; ", wrong.Select(static status => status.StatusInformation.Trim().TrimEnd('.')));
    }

    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names =
            certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? [certificate.GetNameInfo(X509NameType.SimpleName, false)]
            : names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static address => address.ToString()));
    }
}

/// <summary>The message goes on from "the server's certificate is not accepted: ".</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message);
