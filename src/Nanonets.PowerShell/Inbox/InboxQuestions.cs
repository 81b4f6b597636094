using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Binding;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Uploads;

namespace Nanonets.Inbox;

/// <summary>
/// Asks for each document of the inbox whether it is to be taken, where somebody wants to be asked; with -WhatIf says what would become of
/// it, and what it would cost.
/// </summary>
/// <param name="cmdlet">Asks.</param>
/// <param name="forecast">What a run would use; null when it is a run.</param>
/// <param name="metadata">The metadata of each file; null for none.</param>
/// <param name="await">Waits for work while the pipeline goes on.</param>
internal sealed class InboxQuestions(
    PSCmdlet cmdlet, InboxOptions options, UploadForecast? forecast, FileMetadata? metadata,
    Action<Func<CancellationToken, Task>> @await)
{
    public void Ask(IReadOnlyList<InboxItem> items)
    {
        foreach (InboxItem item in items)
        {
            if (item.Document is { } left)
                Tell($"Leave {item.Input}: {left.Reason}");
            else if (TryMetadata(item) && !Agrees(Action(item)))
                item.Leave(new Verdict(InboxState.Unsent, "It was not to be taken."));
        }

        if (forecast is { IsEmpty: false })
            Agrees(forecast.ToString());
    }

    private bool TryMetadata(InboxItem item)
    {
        try
        {
            item.Metadata = metadata?.Of(new FileInfo(item.FullPath)) is { Length: > 0 } text ? text : null;
            item.MetadataIsObject = MarkedText.ObjectMetadata.Has(item.Metadata);
            return true;
        }
        catch (RuntimeException failed)
        {
            item.Leave(new Verdict(
                InboxState.Unsent, $"-Metadata failed for it: {failed.Message}", null, "Correct the script block of -Metadata."));
            return false;
        }
    }

    private string Action(InboxItem item)
    {
        if (forecast is null)
            return $"Take {item.Input} for model {options.ModelId}, send it if it is new, and file it away";

        Document document = item.ToDocument();
        if (DocumentContent.Examine(document, skipTypeCheck: false) is { } unfit)
        {
            Verdict verdict = Routing.OfContent(unfit, item.IsOld);
            return verdict.State == InboxState.Failed
                ? $"File {item.Input} in failed: {verdict.Reason}"
                : $"Leave {item.Input}: {verdict.Reason}";
        }

        try
        {
            return FateOf(item, document) switch
            {
                UploadFate.Sent => $"Send {item.Input} ({Display.FileSize.Format(document.Bytes ?? 0)}) and file it away",
                UploadFate.OverBudget => $"Leave {item.Input}: {Routing.OverBudget(document.Pages, options.PageBudget!.Value).Reason}",
                _ => $"File {item.Input} away with the result of the same content, which is not sent again",
            };
        }
        catch (NanonetsException unreadable)
        {
            return $"Leave {item.Input}: {unreadable.Message}";
        }
    }

    private UploadFate FateOf(InboxItem item, Document document)
    {
        UploadFate fate = UploadFate.Sent;
        document.Pages = PageEstimate.Of(document.Source);
        var request = new SendRequest(options.ModelId, document) { Metadata = item.Metadata, MetadataIsObject = item.MetadataIsObject };
        @await(async stop => fate = await forecast!.AddAsync(document, request, stop).ConfigureAwait(false));
        return fate;
    }

    private void Tell(string text)
    {
        if (forecast is not null)
            Agrees(text);
    }

    private bool Agrees(string action) => cmdlet.ShouldProcess(action, $"{action}?", "Confirm");
}
