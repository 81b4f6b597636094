namespace Nanonets.Emulator;

/// <summary>A body for a fault with a status.</summary>
public enum FaultBody
{
    /// <summary>The service's own error form.</summary>
    Service,

    /// <summary>A gateway's page.</summary>
    Html,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>
    /// The first half of the real answer (of the service's error form before processing), complete for HTTP and no longer JSON.
    /// </summary>
    TruncatedJson,

    /// <summary>An answer in good order with an empty result.</summary>
    EmptyResult,

    /// <summary>
    /// The real answer with the last file missing, or all but <see cref="FaultRule.AnswerFiles"/>; after processing only.
    /// </summary>
    FewerFiles,

    /// <summary>An answer in good order with a member of <see cref="FaultRule.AnswerBytes"/> bytes that nobody asked for.</summary>
    Large,

    /// <summary><see cref="FaultRule.Text"/>, as it stands.</summary>
    Text,
}
