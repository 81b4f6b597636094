namespace Nanonets;

/// <summary>What became of a document of the inbox in one run.</summary>
public enum InboxState
{
    /// <summary>Read, and filed in done.</summary>
    Done,

    /// <summary>Read, and filed in review: nothing was found for the labels, a score is too low, or some pages could not be read.</summary>
    Review,

    /// <summary>Filed in failed: the document itself is at fault.</summary>
    Failed,

    /// <summary>Left for a later run: it is too young, empty since less than a day, locked, or changes.</summary>
    Waiting,

    /// <summary>Sent, and not read yet: a later run fetches its result, which is free.</summary>
    Pending,

    /// <summary>Left, since it may have been billed: each later run looks for it again, and a person can decide.</summary>
    Held,

    /// <summary>
    /// Left, not sent: what stands in the way concerns all documents, such as the key, the quota, the budget or the network.
    /// </summary>
    Unsent,

    /// <summary>
    /// Left, not sent: it has more pages than -PageBudget allows in any run. A person raises the budget, or takes the document out.
    /// </summary>
    TooLarge,

    /// <summary>Left to another run that works on it.</summary>
    Elsewhere,

    /// <summary>Read, and left: it could not be moved, or its result could not be written. A later run tries again.</summary>
    Unfiled,

    /// <summary>Somebody has taken it out of the inbox.</summary>
    Gone,

    /// <summary>No document: an earlier run has written it, and it was put into the inbox with its original. It stays there.</summary>
    Ignored,
}
