using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nanonets.Emulator.Faults;
using Nanonets.Emulator.Http;
using Nanonets.Emulator.State;

namespace Nanonets.Emulator.Resources;

/// <summary>
/// What people do with a file: approve, correct, assign, export, read again, delete. The answers' bodies are unknown; the status counts.
/// </summary>
internal sealed class ReviewHandler(EmulatorContext context, Intake intake)
{
    public Answer Verify(RouteCall call) => Change(call, review =>
    {
        string now = context.Ids.OfNow();
        return review with { Approved = true, VerifiedBy = PageWriter.Owner, VerifiedAt = now, UpdatedAt = now };
    });

    public Answer UnVerify(RouteCall call) => Change(call, review =>
        review with { Approved = false, VerifiedBy = string.Empty, VerifiedAt = null, UpdatedAt = context.Ids.OfNow() });

    public Answer Delete(RouteCall call) =>
        Find(call, call.Id) is { } file && context.Files.Remove(file) ? Answer.Json(Success) : Answer.Error(ApiError.FileNotFound);

    /// <summary>
    /// Corrects a page. The request names none, so it is the page that has the boxes sent. The list is the whole: what is left out is
    /// deleted, what is new says so.
    /// </summary>
    public async Task<Answer> UpdateAsync(RouteCall call)
    {
        if ((await call.JsonAsync())?.List("moderated_boxes") is not { } boxes)
            return Answer.Error(ApiError.Malformed("Send an object with moderated_boxes, a list"));

        string[] known =
            [.. boxes.EnumerateArray().Where(static box => !box.IsTrue("is_new")).Select(static box => box.Text("id")).OfType<string>()];
        (StoredFile File, int Position)? page = context.Files.All()
            .Where(file => file.ModelId == call.ModelId)
            .SelectMany(static file => file.Pages.Select((_, position) => (File: file, Position: position)))
            .Cast<(StoredFile File, int Position)?>()
            .FirstOrDefault(candidate => Boxes(candidate!.Value).Overlaps(known));
        if (page is not var (found, position))
            return Answer.Error(ApiError.FileNotFound);
        if (!known.All(Boxes((found, position)).Contains))
            return Answer.Error(ApiError.Malformed("A box is of another page, or is not marked as new"));

        found.Change(review =>
            review with { Corrections = review.Corrections.SetItem(position, new Correction(boxes.Clone(), context.Ids.OfNow())) });
        return Answer.Json(Success);
    }

    public Task<Answer> ExportAsync(RouteCall call) => ForAllAsync(
        call, (file, _) => file.Change(review => review with { ExportStatus = "exported", UpdatedAt = context.Ids.OfNow() }));

    /// <summary>Reads files again from the start. Whether that is charged is unknown; here it is not.</summary>
    public Task<Answer> PredictAsync(RouteCall call) => ForAllAsync(call, (file, _) =>
        file.Reading = intake.Begin(call.Target, file.FileName, queued: true));

    public Task<Answer> AssignAsync(RouteCall call) => ForAllAsync(
        call,
        (file, body) => file.Change(review => review with { Member = body.Text("member")!, UpdatedAt = context.Ids.OfNow() }),
        static body => body.Text("member") is not null ? null : "Send the member's e-mail address");

    private static HashSet<string> Boxes((StoredFile File, int Position) page)
    {
        (StoredFile file, int position) = page;
        var ids = BoxWriter.Ids(file.Document.Pages[file.Pages[position].Index], file.Pages[position].Id).ToHashSet(StringComparer.Ordinal);
        if (file.Review.Corrections.TryGetValue(position, out Correction? correction))
            ids.UnionWith(correction.Boxes.EnumerateArray().Select(static box => box.Text("id")).OfType<string>());
        return ids;
    }

    private StoredFile? Find(RouteCall call, string id) => context.Files.File(id) is { } file && file.ModelId == call.ModelId ? file : null;

    private Answer Change(RouteCall call, Func<Review, Review> change)
    {
        if (Find(call, call.Id) is not { } file)
            return Answer.Error(ApiError.FileNotFound);

        file.Change(change);
        return Answer.Json(Success);
    }

    /// <summary>Does something with all files named, or with none when one of them is unknown.</summary>
    private async Task<Answer> ForAllAsync(RouteCall call, Action<StoredFile, JsonElement> act, Func<JsonElement, string?>? isWrong = null)
    {
        if (await call.JsonAsync() is not { } body || body.Texts("file_ids") is not { Count: > 0 } ids)
            return Answer.Error(ApiError.Malformed("Send an object with file_ids, a list"));
        if (isWrong?.Invoke(body) is { } wrong)
            return Answer.Error(ApiError.Malformed(wrong));

        StoredFile?[] files = [.. ids.Select(id => Find(call, id))];
        if (files.Contains(null))
            return Answer.Error(ApiError.FileNotFound);
        foreach (StoredFile? file in files)
            act(file!, body);
        return Answer.Json(Success);
    }

    private static void Success(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("message", "Success");
        json.WriteEndObject();
    }
}
