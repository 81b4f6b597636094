using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Inbox;

/// <summary>The exit code of a run. The first row that fits decides.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>2</term><description>Something that concerns all documents ended the run, and no document was read.</description></item>
/// <item><term>1</term><description>A document went to failed or to review, or is too large: a person is needed.</description></item>
/// <item><term>3</term><description>Documents, or rows, are left for a later run.</description></item>
/// <item><term>0</term><description>All is done.</description></item>
/// </list>
/// </remarks>
internal static class InboxExitCode
{
    public const int Done = 0;
    public const int PersonNeeded = 1;
    public const int NothingDone = 2;
    public const int Left = 3;

    /// <param name="documents">What became of the documents.</param>
    /// <param name="isStopped">Whether something that concerns all documents ended the run.</param>
    /// <param name="hasRowsLeft">Whether rows could not be written to their place.</param>
    public static int Of(IReadOnlyCollection<InboxDocument> documents, bool isStopped, bool hasRowsLeft) =>
        isStopped && !documents.Any(static one => one.State is InboxState.Done or InboxState.Review) ? NothingDone
        : documents.Any(static one => one.State is InboxState.Failed or InboxState.Review or InboxState.TooLarge) ? PersonNeeded
        : isStopped || hasRowsLeft || documents.Any(static one => one.IsLeft) ? Left
        : Done;
}
