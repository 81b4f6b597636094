using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Http;
using Nanonets.Json;

namespace Nanonets.Diagnosis;

/// <summary>
/// Looks, step by step, at what lies between this machine and an answer of the service. Each step rests on those before it; all it sends is
/// one reading request, which costs nothing.
/// </summary>
internal sealed class ConnectionDoctor(
    ApiTransport transport, NanonetsClientOptions options, IRequestObserver? observer, Func<ConnectionCheck, Task> report)
{
    /// <summary>Signed addresses and the days of a listing rest on the time; a difference of this size is nobody's network.</summary>
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(2);

    public async Task RunAsync(string? modelId, CancellationToken cancellationToken)
    {
        Uri? proxy = Transport.ProxyTo(options);
        bool reachable = await NameAsync(proxy, cancellationToken).ConfigureAwait(false);
        reachable = await ProxyAsync(proxy, reachable, cancellationToken).ConfigureAwait(false);
        reachable = await TlsAsync(proxy, reachable, cancellationToken).ConfigureAwait(false);
        if (reachable)
            await ServiceAsync(modelId, cancellationToken).ConfigureAwait(false);
        else
            await SkipAsync("an earlier check failed", "Service", "Clock", "Key", "Model").ConfigureAwait(false);
    }

    private async Task<bool> NameAsync(Uri? proxy, CancellationToken cancellationToken)
    {
        string host = (proxy ?? options.BaseUri).DnsSafeHost;
        try
        {
            IPAddress[] addresses = await Reach.Within(Reach.ResolveAsync(host, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            await Ok("Name", $"{host} is {string.Join(", ", addresses.Take(3).Select(static address => address.ToString()))}")
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException or TimeoutException)
        {
            await Fail("Name", $"{host} cannot be resolved: {failure.Message}", proxy is null
                ? "Check the address given to Connect-Nanonets -BaseUri, the network and its name servers."
                : "Check the address of the proxy.").ConfigureAwait(false);
            return false;
        }
    }

    private async Task<bool> ProxyAsync(Uri? proxy, bool known, CancellationToken cancellationToken)
    {
        if (proxy is null)
        {
            await Ok("Proxy", options.UseProxy ? "none for this address" : "none, because of -NoProxy").ConfigureAwait(false);
            return known;
        }

        if (!known)
        {
            await SkipAsync("its name cannot be resolved", "Proxy").ConfigureAwait(false);
            return false;
        }

        try
        {
            using TcpClient line = await Reach.ConnectAsync(proxy, cancellationToken).ConfigureAwait(false);
            string origin = options.Proxy is null ? ", from the system's settings" : string.Empty;
            await Ok("Proxy", $"{proxy.Authority} answers{origin}").ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException)
        {
            await Fail(
                "Proxy", $"{proxy.Authority} cannot be reached: {failure.Message}",
                "Check Connect-Nanonets -Proxy, or use -NoProxy if the network needs no proxy.").ConfigureAwait(false);
            return false;
        }
    }

    private async Task<bool> TlsAsync(Uri? proxy, bool reachable, CancellationToken cancellationToken)
    {
        string? why = !reachable ? "an earlier check failed" : options.BaseUri.Scheme == "http" ? "plain http on this machine"
            : proxy is not null ? "the proxy makes the connection; see Service" : null;
        if (why is not null)
        {
            await SkipAsync(why, "Tls").ConfigureAwait(false);
            return reachable;
        }

        try
        {
            using TcpClient line = await Reach.ConnectAsync(options.BaseUri, cancellationToken).ConfigureAwait(false);
            ConnectionCheck check = await Reach.Within(TlsProbe.RunAsync(line.GetStream(), options), cancellationToken)
                .ConfigureAwait(false);
            await report(check).ConfigureAwait(false);
            return check.Status != CheckStatus.Failed;
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException)
        {
            await Fail("Tls", $"{options.BaseUri.Authority} cannot be reached: {failure.Message}",
                "Check the firewall, and whether the network needs a proxy (Connect-Nanonets -Proxy).").ConfigureAwait(false);
            return false;
        }
    }

    private async Task ServiceAsync(string? modelId, CancellationToken cancellationToken)
    {
        // Both only read. The list of models stands in where no model is known.
        string target = modelId is null ? "ImageCategorization/Models/" : $"OCR/Model/{Uri.EscapeDataString(modelId)}";
        TryResult result = await transport.TryAsync(HttpMethod.Get, target, null, TimeSpan.Zero, 1, cancellationToken)
            .ConfigureAwait(false);
        observer?.RequestCompleted(result.Trace);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.Answer is not { } answer)
        {
            await Fail(
                "Service", result.Failure!.Message,
                "Check the firewall, proxy and certificates between this machine and the service.").ConfigureAwait(false);
            await SkipAsync("there was no answer", "Clock", "Key", "Model").ConfigureAwait(false);
            return;
        }

        bool services = answer.Json().ValueKind is JsonValueKind.Object or JsonValueKind.Array
            && answer.StatusCode is not (>= 300 and < 400 or >= 500);
        string status = string.Format(
            CultureInfo.InvariantCulture, "HTTP {0} after {1:0.00} s", answer.StatusCode, result.Trace.Duration.TotalSeconds);
        if (services)
            await Ok("Service", status).ConfigureAwait(false);
        else
            await Fail(
                "Service", $"{status}: {Refusal.Explain(answer, new RequestSubject(modelId ?? string.Empty), 1).Message}",
                "Try again later. If it persists, check that -BaseUri is the address of the Nanonets API.").ConfigureAwait(false);

        await ClockAsync(result.Trace).ConfigureAwait(false);
        if (services)
            await AccountAsync(answer, modelId).ConfigureAwait(false);
        else
            await SkipAsync("the service did not answer", "Key", "Model").ConfigureAwait(false);
    }

    private Task ClockAsync(RequestTrace trace)
    {
        if (!trace.ResponseHeaders.TryGetValue("Date", out string? date)
            || !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset theirs))
            return SkipAsync("the answer has no date", "Clock");

        TimeSpan apart = transport.Clock.UtcNow - theirs;
        string detail = string.Format(CultureInfo.InvariantCulture, "this machine is {0:0} s {1} the service", Math.Abs(apart.TotalSeconds),
            apart >= TimeSpan.Zero ? "ahead of" : "behind");
        return apart.Duration() <= s_clockTolerance
            ? Ok("Clock", detail)
            : report(new ConnectionCheck(
                "Clock",
                    CheckStatus.Warning, detail, "Set the clock of this machine. Signed addresses and the days of listings depend on it."));
    }

    private async Task AccountAsync(ApiAnswer answer, string? modelId)
    {
        if (answer.StatusCode is 401 or 403)
        {
            NanonetsException refused = Refusal.Explain(answer, new RequestSubject(modelId ?? "?"), 1);
            await Fail("Key", refused.Message, IsQuoted(options.ApiKey)
                ? "The key has quotation marks around it. Remove them where it is set, for example in NANONETS_API_KEY."
                : "Copy the key again from the account page of app.nanonets.com, and run Connect-Nanonets -ApiKey with it.")
                .ConfigureAwait(false);
            await SkipAsync("the key was rejected", "Model").ConfigureAwait(false);
            return;
        }

        await Ok("Key", "the service accepts it").ConfigureAwait(false);
        if (modelId is null)
            await SkipAsync("no model was specified, and the connection has no default model", "Model").ConfigureAwait(false);
        else if (answer.IsSuccess)
            await report(OfModel(AnswerReader.Model(answer.Json()), modelId)).ConfigureAwait(false);
        else
            await Fail(
                "Model", Refusal.Explain(answer, new RequestSubject(modelId), 1).Message,
                "Check the id. The model's page in the Nanonets web application shows it.").ConfigureAwait(false);
    }

    /// <summary>Files of settings and some shells keep the quotation marks that others take away.</summary>
    private static bool IsQuoted(string key) => key.Length > 0 && key[0] is '"' or '\'' or '\u201C' or '\u2018';

    private static ConnectionCheck OfModel(NanonetsModel model, string modelId) => model.State switch
    {
        ModelState.Ready or ModelState.Retraining => new("Model", CheckStatus.Ok, $"{modelId} is {model.State}"),
        null => new(
            "Model", CheckStatus.Warning,
            $"{modelId} is in an unknown state ({model.StateCode?.ToString(CultureInfo.InvariantCulture) ?? "none given"})",
            "Look at the model in the Nanonets web application."),
        var state => new("Model", CheckStatus.Failed, $"{modelId} is {state}", "Train the model, or wait until its training has ended."),
    };

    private Task Ok(string check, string detail) => report(new ConnectionCheck(check, CheckStatus.Ok, detail));

    private Task Fail(string check, string detail, string remedy) => report(new ConnectionCheck(check, CheckStatus.Failed, detail, remedy));

    private async Task SkipAsync(string why, params string[] checks)
    {
        foreach (string check in checks)
            await report(new ConnectionCheck(check, CheckStatus.Skipped, why)).ConfigureAwait(false);
    }
}
