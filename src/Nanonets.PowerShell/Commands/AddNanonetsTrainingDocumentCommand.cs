using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Completers;
using Nanonets.Display;
using Nanonets.Errors;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Uploads;
using Nanonets.Sessions;

namespace Nanonets.Commands;

/// <summary>
/// <para>Adds documents to the training data of a model.</para>
/// <para>Uploads files, or addresses that the service fetches itself, together with the values that the model should learn from them
/// (-Annotation). A document without -Annotation can be annotated later in the Nanonets web application. Documents are uploaded one at a
/// time. An upload whose answer is lost is not repeated, since the document could be there twice; it is reported as RequestAmbiguous. One
/// bad file is one error, and the others go on. What training costs is not documented: ask Nanonets. Some plans do not allow it (the error
/// is QuotaExhausted).</para>
/// <para>A model that classifies images (New-NanonetsModel -ModelType classification) learns from images of a -Category instead.</para>
/// </summary>
/// <endpoint>POST OCR/Model/{model_id}/UploadFile/</endpoint>
/// <endpoint>POST OCR/Model/{model_id}/UploadUrls/</endpoint>
/// <endpoint>POST ImageCategorization/UploadFile/</endpoint>
/// <endpoint>POST ImageCategorization/UploadUrls/</endpoint>
/// <example>
/// <code>Add-NanonetsTrainingDocument train-001.jpg -ModelId $model -Annotation @{
///     Label = 'total_amount'; Text = '12.00'; XMin = 616; YMin = 321; XMax = 984; YMax = 357
/// }</code>
/// <para>Adds a picture and says where the amount stands.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem samples/*.png | Add-NanonetsTrainingDocument -ModelId $model</code>
/// <para>Adds pictures that are annotated later.</para>
/// </example>
/// <example>
/// <code>$page = Send-NanonetsDocument invoice.pdf -ModelId $model | Get-NanonetsResult -Wait
/// Add-NanonetsTrainingDocument -LiteralPath $page.SourcePath -ModelId $other -Annotation $page.Prediction</code>
/// <para>Teaches another model what was read, and corrected, in a document of one page.</para>
/// </example>
/// <example>
/// <code>Add-NanonetsTrainingDocument -Uri $address -ModelId $model</code>
/// <para>Lets the service fetch a picture.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem receipts/*.jpg | Add-NanonetsTrainingDocument -ModelId $classifier -Category receipt</code>
/// <para>Teaches a model that classifies pictures what receipts look like.</para>
/// </example>
/// <exception cref="NanonetsErrorId.EmptyFile"/>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.IncorrectImage"/>
/// <exception cref="NanonetsErrorId.ModelNotFound"/>
/// <exception cref="NanonetsErrorId.RequestAmbiguous"/>
/// <exception cref="NanonetsErrorId.SourceChanged"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="NanonetsErrorId.UnsupportedFile"/>
/// <exception cref="ErrorTable.ModelIdMissing"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.InvalidAddress"/>
/// <exception cref="ErrorTable.PathIsAddress"/>
/// <exception cref="ErrorTable.PathIsFolder"/>
[Cmdlet(VerbsCommon.Add, "NanonetsTrainingDocument", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(TrainingDocument))]
public sealed class AddNanonetsTrainingDocumentCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UriSet = "Uri";

    private readonly List<object> _open = [];
    private readonly SeenDocuments _seen = new();
    private DocumentInput? _input;
    private NanonetsException? _fatal;

    /// <summary>
    /// The files: paths with or without wildcards, or piped files, or objects with a FullName, SourcePath, LiteralPath or Path.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [PathTransformation]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths that are used exactly as typed, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [PathTransformation]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Addresses of documents that the service fetches by itself: https, and reachable from outside your network.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [AddressTransformation]
    [Alias("Url")]
    public Uri[] Uri { get; set; } = [];

    /// <summary>
    /// The values to learn: predictions of a page result, or hashtables or objects with Label, Text and the box as XMin, YMin, XMax,
    /// YMax (pixels of the image) or as Box. Tables are left out.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AnnotationTransformation]
    public TrainingAnnotation[]? Annotation { get; set; }

    /// <summary>
    /// The category of the images, for a model that classifies images. Such a model takes no -Annotation. Default: none, for models
    /// that read fields.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public string? Category { get; set; }

    /// <summary>The model that learns: its id. Default: the connection's model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ModelIdCompleter))]
    public string? ModelId { get; set; }

    /// <summary>
    /// For a file that is given to this one command several times, by its path or as several of its pages: adds it each time. Without it
    /// such a file is added once, as long as model and annotations are the same; -Verbose shows it. Other runs are not looked at: each adds
    /// the file again.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _input = new DocumentInput(this, Writer, Await);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<Document> documents = ParameterSetName switch
        {
            UriSet => _input!.Addresses(Uri),
            LiteralPathSet => _input!.Files(LiteralPath, false),
            _ => _input!.Files(Path, true),
        };
        foreach (Document document in documents)
        {
            if (_fatal is not null)
                _open.Add(document.Target);
            else if (!AllowDuplicate && !_seen.Add(document, RequestFor(document)))
                WriteVerbose($"{document} was named before and is added once. Use -AllowDuplicate to add it again.");
            else if (DocumentContent.Check(document, skipTypeCheck: false) is { } error)
                Writer.WriteError(error);
            else
                Add(document, ModelOrDefault(ModelId), Annotation ?? []);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_fatal is not null)
            WriteError(ErrorTable.From(_fatal, _open.Count == 1 ? _open[0] : _open.ToArray()));
    }

    /// <summary>What tells one way to add a document from another.</summary>
    private SendRequest RequestFor(Document document) => new(ModelOrDefault(ModelId), [document])
    {
        Metadata = string.Join("\n",
            (Annotation ?? []).Select(static annotation => $"{annotation.Label}\t{annotation.Text}\t{annotation.Box}").Append(Category)),
    };

    private void Add(Document document, string modelId, TrainingAnnotation[] annotations)
    {
        string what = Category is null
            ? $"with {annotations.Length} annotation{(annotations.Length == 1 ? string.Empty : "s")}"
            : $"as {Category}";
        if (!ShouldProcess(ShownPath.Of(document, SessionState), $"Add to the training data of model {modelId}, {what}"))
            return;

        try
        {
            TrainingDocument? added = null;
            Await(async stop => added = await (Category is null
                ? Session.Client.AddTrainingDocumentAsync(modelId, document.Source, annotations, Requests, stop)
                : Session.Client.AddClassificationDocumentAsync(modelId, document.Source, Category, Requests, stop)).ConfigureAwait(false));
            WriteObject(added);
        }
        catch (NanonetsException failure) when (failure.FatalFor != FatalFor.Document)
        {
            _fatal = failure;
            _open.Add(document.Target);
        }
        catch (NanonetsException failure)
        {
            WriteError(ErrorTable.From(failure, document.Target));
        }
    }
}
