namespace Nanonets.Emulator;

/// <summary>How pages a minute are counted.</summary>
public enum RateWindow
{
    /// <summary>The last sixty seconds.</summary>
    Sliding,

    /// <summary>The minute of the clock.</summary>
    Fixed,

    /// <summary>A bucket that fills evenly; a document larger than it goes when it is full and leaves it below zero.</summary>
    Bucket,
}

/// <summary>Forms of a Retry-After header.</summary>
public enum RetryAfterForm
{
    /// <summary>No header.</summary>
    None,

    /// <summary>Whole seconds.</summary>
    Seconds,

    /// <summary>A date.</summary>
    Date,
}
