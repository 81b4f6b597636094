using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Text;
using Nanonets.Journaling;

namespace Nanonets;

/// <summary>
/// One page of a document, as an upload or a query of results answers it. Absent, null and empty members of the answer are treated alike.
/// </summary>
public sealed class PageResult
{
    private OrderedDictionary? _fields;
    private string? _raw;
    private byte[]? _rawBytes;

    internal PageResult()
    {
    }

    /// <summary>The page's message, as sent.</summary>
    /// <value>message, status</value>
    public string? Message { get; internal init; }

    /// <summary>Where the page stands.</summary>
    /// <value>status, message</value>
    public PageState State { get; internal set; }

    /// <summary>The file name as the service knows it. Names may repeat.</summary>
    /// <value>input, original_file_name</value>
    public string? Input { get; internal init; }

    /// <summary>Position in the file, from 0; the view counts from 1.</summary>
    /// <value>page, page_no</value>
    public int Page { get; internal init; }

    /// <summary>How many pages the file has, where known.</summary>
    public int? PageCount { get; internal set; }

    /// <summary>Id of the page.</summary>
    /// <value>id</value>
    public string? Id { get; internal init; }

    /// <summary>Id of the uploaded file, the same on all its pages.</summary>
    /// <value>request_file_id</value>
    public string? RequestFileId { get; internal init; }

    /// <summary>Id of the model that read it.</summary>
    /// <value>model_id</value>
    public string? ModelId { get; internal set; }

    /// <summary>The values to use: a human's corrections when the page is approved, else the model's.</summary>
    /// <value>moderated_boxes, predicted_boxes, prediction</value>
    public Prediction[] Prediction { get; internal init; } = [];

    /// <summary>
    /// The lowest score of the page's fields; of a picture that was classified, the score of the likeliest class. Null when there is no
    /// field with a score, which PowerShell takes for less than any number.
    /// </summary>
    public double? Score
    {
        get
        {
            Prediction[] fields = Array.FindAll(Prediction, static value => value.Type == PredictionType.Field);
            return Array.TrueForAll(fields, static value => value.IsClass)
                ? fields.Max(static value => value.Score)
                : fields.Min(static value => value.Score);
        }
    }

    /// <summary>
    /// Label to text, for fields: of repeated labels the best score counts, of equal scores the first. Labels in any case; read-only.
    /// </summary>
    public OrderedDictionary Fields => _fields ??= FieldMap.Of(Prediction);

    /// <summary>The metadata sent with the upload, without the tag that the module added.</summary>
    /// <value>request_metadata</value>
    public string? RequestMetadata { get; internal init; }

    /// <summary><c>async</c>, <c>sync</c> or empty, as sent (recorded).</summary>
    /// <value>processing_type</value>
    public string? ProcessingType { get; internal init; }

    /// <summary>Size of the page picture; null when not sent, zero while pending.</summary>
    /// <value>size</value>
    public PageSize? Size { get; internal init; }

    /// <summary>Addresses of the page picture and the original file.</summary>
    /// <value>signed_urls</value>
    public PageSignedUrls? SignedUrls { get; internal set; }

    /// <summary>The local file it came from, where known.</summary>
    public string? SourcePath { get; internal set; }

    /// <summary>
    /// The local file with the same content that was sent in its place; null when this one was sent. The journal finds that out, so it
    /// is there only with a journal, and needs no request.
    /// </summary>
    public string? DuplicateOf { get; internal set; }

    /// <summary>
    /// Whether an earlier run sent it, as the journal tells; its values are there when they are fetched with Get-NanonetsResult, which is
    /// free.
    /// </summary>
    public bool FromJournal { get; internal set; }

    /// <summary>The journal that knows it, so that a consumer can note there that its results came.</summary>
    internal JournalLocation? Journal { get; set; }

    /// <summary>
    /// When this process learned that it was accepted, by the core's forward-only clock; null for what was sent elsewhere.
    /// </summary>
    internal TimeSpan? AcceptedAt { get; set; }

    /// <summary>When it was uploaded: the time in the page's id (a version 1 UUID), else day and hour as sent, UTC.</summary>
    /// <value>id, day_since_epoch, hour_of_day</value>
    public DateTimeOffset? UploadedAt { get; internal init; }

    /// <summary>When it was changed last (a version 1 UUID on the wire).</summary>
    /// <value>updated_at</value>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>When it was approved; null until then.</summary>
    /// <value>verified_at</value>
    public DateTimeOffset? VerifiedAt { get; internal init; }

    /// <summary>Who approved it: a name or e-mail address.</summary>
    /// <value>verified_by</value>
    public string? VerifiedBy { get; internal init; }

    /// <summary>Whether the file is approved; false while it waits, and also when it was rejected.</summary>
    /// <value>is_moderated</value>
    public bool? IsModerated { get; internal init; }

    /// <summary><c>approved</c>, <c>rejected</c> or empty (recorded).</summary>
    /// <value>approval_status</value>
    public string? ApprovalStatus { get; internal init; }

    /// <summary>Empty when nothing was exported (recorded); the other values are not documented.</summary>
    /// <value>export_status</value>
    public string? ExportStatus { get; internal init; }

    /// <summary>Degrees by which the service turned the page; 0 and 270 recorded.</summary>
    /// <value>rotation</value>
    public int? Rotation { get; internal init; }

    /// <summary>Review stage; <c>ffffffff-ffff-ffff-ffff-ffffffffffff</c> when in none (recorded).</summary>
    /// <value>current_stage_id</value>
    public string? CurrentStageId { get; internal init; }

    /// <summary>E-mail address of the key's owner (recorded).</summary>
    /// <value>uploaded_by</value>
    public string? UploadedBy { get; internal init; }

    /// <summary>How it came in: <c>api</c> as recorded.</summary>
    /// <value>upload_channel</value>
    public string? UploadChannel { get; internal init; }

    /// <summary>Origin: <c>api</c> as recorded.</summary>
    /// <value>source</value>
    public string? Source { get; internal init; }

    /// <summary>Reviewers the file is assigned to.</summary>
    /// <value>assigned_members, assigned_member</value>
    public string[] AssignedMembers { get; internal init; } = [];

    /// <summary>
    /// Whether the service calls the file a duplicate. What sets it is not documented, and the module does not act on it;
    /// <see cref="DuplicateOf"/> is what the module itself finds out.
    /// </summary>
    /// <value>file_metadata.duplicate</value>
    public bool? IsDuplicate { get; internal init; }

    /// <summary>Whether the file was deleted.</summary>
    /// <value>is_deleted</value>
    public bool? IsDeleted { get; internal init; }

    /// <summary>Number of different labels found.</summary>
    /// <value>no_of_fields</value>
    public int? FieldCount { get; internal init; }

    /// <summary>As sent; 0 and 0.1 recorded. Its unit is not documented.</summary>
    /// <value>cost</value>
    public decimal? Cost { get; internal init; }

    /// <summary>As sent, see <see cref="Cost"/>.</summary>
    /// <value>payable_cost</value>
    public decimal? PayableCost { get; internal init; }

    /// <summary>How often the service tried again.</summary>
    /// <value>retries</value>
    public int? Retries { get; internal init; }

    /// <summary>Key of the page picture.</summary>
    /// <value>filepath, url</value>
    public string? PageImageKey { get; internal init; }

    /// <summary>Key of the uploaded file.</summary>
    /// <value>file_url</value>
    public string? OriginalFileKey { get; internal init; }

    /// <summary>The page's JSON as it came, members included that are unknown here.</summary>
    public string Raw
    {
        get => _raw ??= _rawBytes is null ? "{}" : Encoding.UTF8.GetString(_rawBytes);
        internal init => _raw = value;
    }

    /// <summary>Whether the state will not change any more.</summary>
    internal bool IsFinished => State != PageState.Pending;

    /// <summary>Text of a field, as in <see cref="Fields"/>; null when there is none of that label.</summary>
    /// <param name="label">The label, in any case.</param>
    public string? this[string label] => (string?)Fields[label];

    /// <summary>
    /// The page itself: scripts index what may be one page or several, and PowerShell would take the number for a label here.
    /// </summary>
    /// <param name="index">0 or -1, the first and the last of one.</param>
    public PageResult? this[int index] => index is 0 or -1 ? this : null;

    /// <summary>Input and page.</summary>
    /// <returns>For example <c>invoice.pdf, page 1</c>.</returns>
    public override string ToString() => $"{Input ?? RequestFileId}, page {Page + 1}";

    /// <summary>Gives it its JSON: as text, or as the bytes that came, of which a text is made only when somebody asks.</summary>
    internal void SetRaw(string? text, byte[]? utf8) => (_raw, _rawBytes) = (text, utf8);

    /// <summary>A page result of its own with the same members, which can let go of its JSON.</summary>
    internal PageResult Copy() => (PageResult)MemberwiseClone();

    /// <summary>Stands for a file or page nothing was read of yet: the target of an error, which can be piped in again.</summary>
    internal static PageResult Placeholder(
        string? requestFileId, string? modelId, string? sourcePath, string? pageId = null, int page = 0, string? input = null) =>
        new() { RequestFileId = requestFileId, ModelId = modelId, SourcePath = sourcePath, Id = pageId, Page = page, Input = input };
}
