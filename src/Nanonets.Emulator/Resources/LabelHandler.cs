using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator.Documents;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>POST OCR/Model/{model_id}/LabelFile/ and LabelUrls/: reads documents, waiting or queued.</summary>
internal sealed class LabelHandler(EmulatorContext context, Intake intake, UploadSources sources, UploadAnswer answers)
{
    public Task<Answer> FilesAsync(RouteCall call) => HandleAsync(call, ApiError.FileMissing);

    public Task<Answer> UrlsAsync(RouteCall call) => HandleAsync(call, ApiError.UrlsMissing);

    private async Task<Answer> HandleAsync(RouteCall call, ApiError nothing)
    {
        if (intake.CheckSize(call.Form) is { } tooLarge)
            return tooLarge;
        if (!call.Model!.IsUsableAt(context.Now))
            return Answer.Error(ApiError.ModelNotReady);
        IReadOnlyList<UploadSource> sent = await sources.ReadAsync(call.Form, call.Http.RequestAborted);
        if (sent.Count == 0)
            return Answer.Error(nothing);

        // Anything but "true" waits (the reference's section 5.1).
        bool queued = call.Http.Request.Query["async"] == "true";
        int accepted = call.Fault?.AcceptFiles ?? (call.Fault?.Kind == FaultKind.Partial ? sent.Count - 1 : sent.Count);
        var outcomes = new List<UploadOutcome>();
        var charges = new List<Charge>();
        foreach (UploadSource source in sent.Take(accepted))
        {
            ReadDocument? document = source.Part is null ? null : intake.Read(source.Part);
            if (document is null && !source.FromUrl)
                return Answer.Error(ApiError.IncorrectImage);
            StoredFile? file = document is null ? null : intake.Store(call, source.Part!, document, queued);
            outcomes.Add(new UploadOutcome(source.Name, file));
            if (file is not null)
                charges.Add(new Charge(file.Sha256, file.FileName, file.RequestFileId, file.Pages.Count, source.Part!.Bytes));
        }

        StoredFile[] files = [.. outcomes.Select(static outcome => outcome.File).OfType<StoredFile>()];
        if (files.Length == 0 && outcomes.Count > 0)
            return Answer.Error(ApiError.IncorrectImage);
        if (intake.Charge(call, call.ModelId, charges) is { } refused)
            return refused;
        foreach (StoredFile file in files)
            context.Files.Add(file);

        if (!queued)
            await FinishAsync(files, call);
        int named = call.Fault?.Body == FaultBody.FewerFiles ? call.Fault.AnswerFiles ?? outcomes.Count - 1 : outcomes.Count;
        return Answer.Json(
            json => answers.Write(json, outcomes[..named], queued && context.Options.QueuedAnswer == QueuedAnswer.Nested),
            outcomes.Exists(static outcome => outcome.File is null) ? (int)context.Options.PartialStatus : 200);
    }

    /// <summary>Waits until the pages are read; they are then, whatever the clock says.</summary>
    private async Task FinishAsync(StoredFile[] files, RouteCall call)
    {
        TimeSpan takes = files.Aggregate(TimeSpan.Zero, static (sum, file) => sum + (file.Reading.TimePerPage * file.Pages.Count));
        await Task.Delay(takes, context.Options.TimeProvider, call.Http.RequestAborted);
        foreach (StoredFile file in files)
            file.Reading = file.Reading with { TimePerPage = TimeSpan.Zero };
    }
}
