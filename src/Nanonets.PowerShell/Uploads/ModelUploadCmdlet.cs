using System;
using System.IO;
using System.Management.Automation;
using Nanonets.Binding;

namespace Nanonets.Uploads;

/// <summary>
/// Base of the cmdlet that uploads to a model. It has each way to name documents twice: for models that read documents, and for models that
/// classify pictures. So parameters that mean nothing to a classification are not offered with -Classification.
/// </summary>
public abstract class ModelUploadCmdlet : UploadCmdlet
{
    private const string Classify = "Classification";
    private const string ClassifyPathSet = Classify + PathSet;
    private const string ClassifyLiteralPathSet = Classify + LiteralPathSet;
    private const string ClassifyUriSet = Classify + UriSet;
    private const string ClassifyBase64Set = Classify + Base64Set;
    private const string ClassifyStreamSet = Classify + StreamSet;
    private const string ClassifyInputObjectSet = Classify + InputObjectSet;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ClassifyPathSet)]
    [PathTransformation]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyLiteralPathSet)]
    [PathTransformation]
    [Alias("PSPath", "LP")]
    public override string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ClassifyUriSet)]
    [AddressTransformation]
    [Alias("Url")]
    public override Uri[] Uri { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Base64Set)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ClassifyBase64Set)]
    public override string Base64Data { get; set; } = string.Empty;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = StreamSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ClassifyStreamSet)]
    [ValidateNotNull]
    public override Stream? InputStream { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Base64Set)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ClassifyBase64Set)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = StreamSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ClassifyStreamSet)]
    [ValidateNotNullOrEmpty]
    public override string FileName { get; set; } = string.Empty;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ClassifyInputObjectSet)]
    public override UploadSource[] InputObject { get; set; } = [];

    /// <summary>
    /// For a model that classifies images. The classes come in the same call: each page result has them as its Prediction, with a Label
    /// and a Score. Such results have no RequestFileId, since the service keeps no file; Get-NanonetsResult passes them on. No journal
    /// is used, and an upload whose answer was lost is held.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ClassifyPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyLiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyUriSet)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyBase64Set)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyStreamSet)]
    [Parameter(Mandatory = true, ParameterSetName = ClassifyInputObjectSet)]
    public SwitchParameter Classification { get; set; }

    private protected override string SourceSet => Classification ? ParameterSetName.Substring(Classify.Length) : ParameterSetName;
}
