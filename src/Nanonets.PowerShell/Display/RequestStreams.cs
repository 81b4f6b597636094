using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Nanonets.Async;

namespace Nanonets.Display;

/// <summary>
/// Shows a cmdlet's requests: a verbose line for each, a debug line with its allow-listed headers. The traces come redacted
/// from the HTTP core; the key and signed addresses are in none of them.
/// </summary>
internal sealed class RequestStreams(PipelineWriter writer, UploadProgress? progress) : IRequestObserver
{
    // Made on the pipeline thread, where preferences can be read.
    private readonly bool _verbose = writer.ShowsVerbose;
    private readonly bool _debug = writer.ShowsDebug;

    public void RequestCompleted(RequestTrace trace)
    {
        if (_verbose)
            writer.Verbose(Line(trace));
        if (_debug)
            writer.Debug(Headers(trace));
    }

    public void BodyBytesSent(long delta) => progress?.AddBytes(delta);

    internal static string Line(RequestTrace trace)
    {
        var line = new StringBuilder();
        string outcome = trace.StatusCode is { } status
            ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", status, trace.ReasonPhrase).TrimEnd()
            : trace.Failure ?? "no answer";
        line.AppendFormat(CultureInfo.InvariantCulture, "{0} {1}: {2} after {3:0.00} s, attempt {4}",
            trace.Method, trace.Target, outcome, trace.Duration.TotalSeconds, trace.Attempt);
        if (trace.RetryDelay is { } delay)
            line.AppendFormat(CultureInfo.InvariantCulture, "; next in {0:0.0} s", delay.TotalSeconds);
        return line.Append('.').ToString();
    }

    internal static string Headers(RequestTrace trace)
    {
        var text = new StringBuilder(trace.Method).Append(' ').Append(trace.Target);
        Append(text, "request", trace.RequestHeaders);
        Append(text, "response", trace.ResponseHeaders);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string side, IReadOnlyDictionary<string, string> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
            text.Append("\n  ").Append(side).Append(' ').Append(header.Key).Append(": ").Append(header.Value);
    }
}
