using System;
using System.Text.Json.Serialization;
using Nanonets.Emulator.Faults;

namespace Nanonets.Emulator;

/// <summary>
/// A rule: which requests, and what goes wrong with them. All conditions given must hold; the numbers count what meets the others.
/// </summary>
public sealed class FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Name of the route, such as LabelFile or GetPredictions; null for all.</summary>
    public string? Route { get; init; }

    /// <summary>Id of the model; null for all.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Name of a file in the request, with <c>*</c> and <c>?</c>; null for any request. Upload faults look at the names in the first 64 KB.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>Only requests on a connection that has answered before.</summary>
    public bool OnReusedConnection { get; init; }

    /// <summary>From this moment of the emulator's clock; null for always.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until this moment of the emulator's clock; null for ever.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>First matching request that is hit, from 1.</summary>
    public int From { get; init; } = 1;

    /// <summary>Last matching request that is hit; any number when null.</summary>
    public int? To { get; init; }

    /// <summary>Hits every n-th of them, beginning with <see cref="From"/>.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Counts for each file name by itself: with <see cref="To"/> 1 the first upload of each file is hit.</summary>
    public bool CountPerFile { get; init; }

    /// <summary>
    /// Share of the counted requests that is hit, 0 to 1. Drawn from the seed, the file names (else the address) and how often these were
    /// seen: the same whatever the order of arrival.
    /// </summary>
    public double Probability { get; init; } = 1;

    /// <summary>Seed of the draw; null for the emulator's own.</summary>
    public int? Seed { get; init; }

    /// <summary>Status, for faults with one.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Body, for faults with a status.</summary>
    public FaultBody Body { get; init; }

    /// <summary>The body, for <see cref="FaultBody.Text"/>.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Content type of that text.</summary>
    public string TextType { get; init; } = "application/json";

    /// <summary>A Retry-After header, verbatim.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>A Retry-After header as a date: so much after now by the emulator's clock; negative for a date gone by.</summary>
    public TimeSpan? RetryAfterDate { get; init; }

    /// <summary>A Location header, for redirects.</summary>
    public string? Location { get; init; }

    /// <summary>Time, for delays, dribbling (between bytes) and slow files (a page).</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// Bytes of the request's body (cut and stalled uploads) or of the answer (half of it when null; none of a dribbled one) that pass
    /// before.
    /// </summary>
    public long? AfterBytes { get; init; }

    /// <summary>
    /// Ends the connection in good order (FIN) where it is cut after the whole request was read; else it is reset, and a client on
    /// Windows loses what it had not read yet.
    /// </summary>
    public bool Graceful { get; init; }

    /// <summary>
    /// How many files of a request are processed, from the first; null for all (for <see cref="FaultKind.Partial"/>: all but the last).
    /// </summary>
    public int? AcceptFiles { get; init; }

    /// <summary>How many files the answer names, for <see cref="FaultBody.FewerFiles"/>; null for all but the last.</summary>
    public int? AnswerFiles { get; init; }

    /// <summary>Size of the answer, for <see cref="FaultBody.Large"/>.</summary>
    public long AnswerBytes { get; init; } = 1024 * 1024;

    /// <summary>How many requests (or files) it has hit.</summary>
    [JsonIgnore]
    public int Hits => Counter.Hits;

    /// <summary>Its number among all rules that were added to the list, from 1.</summary>
    [JsonIgnore]
    public int Number => Counter.Number;

    [JsonIgnore]
    internal FaultCounter Counter { get; } = new();
}
