namespace Nanonets.Sending.Admission;

/// <summary>Whether uploads may begin, as far as outages go.</summary>
internal enum BreakerState
{
    /// <summary>Any number at once.</summary>
    Closed,

    /// <summary>One at a time, until one is answered.</summary>
    Careful,

    /// <summary>None: a free GET asks from time to time whether the service is back.</summary>
    Open,

    /// <summary>One after an outage, which shows whether the service takes documents again.</summary>
    Trial,
}
