using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Nanonets.Documents;
using Nanonets.Errors;

namespace Nanonets.Uploads;

/// <summary>
/// What a run did not send because it, or what goes to a model, was stopped: it becomes the target of one error for each reason.
/// </summary>
internal sealed class UnsentDocuments
{
    private readonly List<(Document Document, NanonetsException? Why)> _documents = [];

    /// <param name="why">Null for the reason of the whole run.</param>
    public void Add(Document document, NanonetsException? why)
    {
        document.Source.Forget();
        lock (_documents)
            _documents.Add((document, why));
    }

    /// <param name="reason">Why the run was stopped; null when it was not.</param>
    public ErrorRecord[] Errors(NanonetsException? reason)
    {
        lock (_documents)
        {
            if (_documents.Count == 0 && reason is not null)
                return [Error(reason, [])];
            return
            [
                .. _documents.GroupBy(unsent => unsent.Why ?? reason).Where(static same => same.Key is not null)
                    .Select(static same => Error(same.Key!, [.. same.Select(static unsent => unsent.Document.Target)])),
            ];
        }
    }

    private static ErrorRecord Error(NanonetsException reason, object[] targets)
    {
        object target = targets.Length == 1 ? targets[0] : targets.All(static one => one is FileInfo)
            ? targets.Cast<FileInfo>().ToArray()
            : targets;
        return ErrorTable.From(
            reason, $"{reason.Message} Not sent: {(targets.Length == 1 ? "1 document" : $"{targets.Length} documents")}.", target);
    }
}
