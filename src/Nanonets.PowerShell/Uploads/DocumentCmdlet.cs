using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Nanonets.Binding;
using Nanonets.Documents;
using Nanonets.Sending;
using Nanonets.Sessions;

namespace Nanonets.Uploads;

/// <summary>Base of the cmdlets that upload: the ways to name documents, and which of them are sent, the same for all.</summary>
public abstract class DocumentCmdlet : ConnectedCmdlet
{
    /// <summary>The set of the default: files, by value from the pipeline.</summary>
    private protected const string PathSet = "Path";

    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string UriSet = "Uri";
    private protected const string Base64Set = "Base64Data";
    private protected const string StreamSet = "InputStream";
    private protected const string InputObjectSet = "InputObject";

    private readonly SeenDocuments _seen = new();
    private DocumentInput? _input;

    /// <summary>
    /// The files: paths with or without wildcards, piped files, or objects with a FullName, SourcePath, LiteralPath or Path, such as
    /// page results, error targets and CSV rows. PDF, PNG, JPEG and TIFF are accepted, recognised by their content.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [PathTransformation]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>Paths that are used exactly as typed, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [PathTransformation]
    [Alias("PSPath", "LP")]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Web addresses of documents, which the service fetches itself. They must be https and open from outside your network. Addresses
    /// and objects with a Uri or Url can be piped. Page results have the address without its query as SourcePath; a query, which may
    /// hold a signature, is never shown. The documents are not checked before; if the service cannot fetch one, the error is
    /// AddressNotFetched.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    [AddressTransformation]
    [Alias("Url")]
    public virtual Uri[] Uri { get; set; } = [];

    /// <summary>
    /// A document as base64 text. Line breaks and a data: prefix are allowed. The text is decoded and checked before it is sent. Give
    /// the document a name with -FileName.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Base64Set)]
    public virtual string Base64Data { get; set; } = string.Empty;

    /// <summary>
    /// A document as a stream, read from its current position. The cmdlet does not close the stream. A stream that cannot seek is
    /// copied to a temporary file, which only your account can read and which is deleted afterwards. Give the document a name with
    /// -FileName.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = StreamSet)]
    [ValidateNotNull]
    public virtual Stream? InputStream { get; set; }

    /// <summary>
    /// The name of a stream or of base64 data. Results have it as their Input. Base64 data is sent to the service without it.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Base64Set)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = StreamSet)]
    [ValidateNotNullOrEmpty]
    public virtual string FileName { get; set; } = string.Empty;

    /// <summary>A document that is not a file, as found in the target of an error.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public virtual UploadSource[] InputObject { get; set; } = [];

    /// <summary>Also sends files of other types than PDF, PNG, JPEG and TIFF.</summary>
    [Parameter]
    public SwitchParameter SkipTypeCheck { get; set; }

    /// <summary>
    /// For a file that is given to this one command several times, by its path or as several of its pages: sends it each time, and each
    /// time it may be billed. Without this switch such a file is sent once, as long as all that is sent with it is the same; -Verbose shows
    /// it. Other runs are not looked at: each sends the file again. Only Send-NanonetsDocument -Journal knows other runs, and then a file
    /// is sent once, with or without this switch.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <summary>Documents of this run that cannot be sent.</summary>
    private protected int Unfit { get; private set; }

    /// <summary>The parameter set by its way to name documents alone.</summary>
    private protected virtual string SourceSet => ParameterSetName;

    /// <summary>The documents that the current input names. What is none is one error.</summary>
    private protected IEnumerable<Document> Documents() => SourceSet switch
    {
        UriSet => Input.Addresses(Uri),
        Base64Set => Input.Base64(Base64Data, FileName),
        StreamSet => Input.Stream(InputStream!, FileName),
        InputObjectSet => InputObject.Select(static source => new Document(source)),
        LiteralPathSet => Input.Files(LiteralPath, false),
        _ => Input.Files(Path, true),
    };

    /// <summary>Whether a document was not named before in this run, or is to be sent each time.</summary>
    private protected bool IsNew(Document document, SendRequest request)
    {
        if (AllowDuplicate || _seen.Add(document, request))
            return true;

        WriteVerbose($"{document} was named before and is sent once. Use -AllowDuplicate to send it again.");
        return false;
    }

    /// <summary>Whether a document can be sent. What cannot is one error.</summary>
    private protected bool IsFit(Document document)
    {
        if (DocumentContent.Check(document, SkipTypeCheck) is not { } error)
            return true;

        Unfit++;
        Writer.WriteError(error);
        return false;
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // Read while it can be: the warning of Dispose comes when the cmdlet has no streams any more.
        _ = Writer.ShowsWarnings;
    }

    /// <summary>
    /// Says what a torn-down pipeline may have cost. The cmdlet can write nothing then: the host is the only way left, and -WarningAction
    /// counts all the same.
    /// </summary>
    private protected void WarnOnTheWayOut(string? lost)
    {
        if (lost is not null && Writer.ShowsWarnings)
            Host?.UI?.WriteWarningLine(lost);
    }

    private DocumentInput Input => _input ??= new DocumentInput(this, Writer, Await);
}
