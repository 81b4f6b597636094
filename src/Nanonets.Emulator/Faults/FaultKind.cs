namespace Nanonets.Emulator;

/// <summary>What goes wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>Answers with a status of its own instead of processing.</summary>
    Status,

    /// <summary>Processes, then answers with a status of its own; with status 200 the body says what is wrong.</summary>
    StatusAfter,

    /// <summary>Waits before processing.</summary>
    Delay,

    /// <summary>Processes, then waits before the answer.</summary>
    DelayAfter,

    /// <summary>Reads the request and never answers; nothing is processed.</summary>
    Stall,

    /// <summary>Processes and never answers.</summary>
    StallAfter,

    /// <summary>Processes, sends the head and the first bytes of the answer, then falls silent.</summary>
    StalledAnswer,

    /// <summary>
    /// Processes and sends the answer, after its first bytes if so wanted, byte by byte, with the delay between two bytes.
    /// </summary>
    DribbledAnswer,

    /// <summary>
    /// Stops reading in the middle of the request's body. What the system buffers (some megabytes on loopback) is still taken from the
    /// client.
    /// </summary>
    StallUpload,

    /// <summary>Cuts the connection without reading the body.</summary>
    CutBefore,

    /// <summary>Cuts the connection in the middle of the request's body.</summary>
    CutUpload,

    /// <summary>Cuts the connection when the whole request was read; nothing is processed.</summary>
    CutUnprocessed,

    /// <summary>Cuts the connection after the upload was stored and charged.</summary>
    CutAfter,

    /// <summary>Processes, then cuts the connection in the middle of the answer.</summary>
    TruncatedAnswer,

    /// <summary>Answers as usual with <c>Connection: close</c>.</summary>
    ConnectionClose,

    /// <summary>Answers as usual and closes the connection when it is idle, without having said so.</summary>
    CloseIdle,

    /// <summary>Processes only some files of the request and answers for these as if they were all.</summary>
    Partial,

    /// <summary>The service fails to read the file after three tries. Counted per file, not per request.</summary>
    FileFails,

    /// <summary>The file is never finished. Counted per file, not per request.</summary>
    FileNeverFinishes,

    /// <summary>The file takes the delay per page. Counted per file, not per request.</summary>
    FileSlow,
}
