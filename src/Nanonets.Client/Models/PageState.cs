namespace Nanonets;

/// <summary>
/// Where a page stands. Derived from the state words of the service (documented: success, pending, failure, in any case).
/// </summary>
public enum PageState
{
    /// <summary>
    /// Queued or being read. An upload answer says "Success" for queued pages: that means accepted, so they are Pending here.
    /// </summary>
    Pending,

    /// <summary>Read; a page without any value is finished and empty.</summary>
    Success,

    /// <summary>The service tried three times and gave up (documented).</summary>
    Failure,
}
