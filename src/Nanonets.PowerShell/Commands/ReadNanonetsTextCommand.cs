using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Sending;
using Nanonets.Uploads;

namespace Nanonets.Commands;

/// <summary>
/// <para>Uploads documents to have their plain text read without a model, which may be billed.</para>
/// <para>Uploads each document to the full-text reader of Nanonets. The API does not say what that costs: assume that every page is billed.
/// -WhatIf shows what would be uploaded, -Confirm asks. The answer comes in the call itself, and no call fetches it again: one object for
/// each page, with its Text and the Words with their places. An upload whose answer was lost is reported as UploadAmbiguous and not
/// repeated.</para>
/// <para>One bad document is one error, and the others go on; the error's target can be piped in again. When no further document can be
/// read (key rejected, quota used up, no connection), one error has all unsent documents as its target.</para>
/// </summary>
/// <endpoint>POST OCR/FullText</endpoint>
/// <example>
/// <code>Read-NanonetsText letter.pdf | ForEach-Object Text</code>
/// <para>Uploads a letter and shows its text, page by page.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.pdf | Read-NanonetsText | Where-Object Text -match 'termination' | ForEach-Object SourcePath</code>
/// <para>Finds the files that speak of a termination.</para>
/// </example>
/// <example>
/// <code>Read-NanonetsText -Uri https://files.example.com/scan.pdf -WhatIf</code>
/// <para>Says what would be read; the service would fetch the document from its address.</para>
/// </example>
/// <exception cref="NanonetsErrorId.AddressNotFetched"/>
/// <exception cref="NanonetsErrorId.DocumentTooLarge"/>
/// <exception cref="NanonetsErrorId.EmptyFile"/>
/// <exception cref="NanonetsErrorId.FileMissing"/>
/// <exception cref="NanonetsErrorId.IncorrectImage"/>
/// <exception cref="NanonetsErrorId.SourceChanged"/>
/// <exception cref="NanonetsErrorId.SourceUnavailable"/>
/// <exception cref="NanonetsErrorId.UnsupportedFile"/>
/// <exception cref="NanonetsErrorId.UploadAmbiguous"/>
/// <exception cref="ErrorTable.InvalidAddress"/>
/// <exception cref="ErrorTable.InvalidEncoding"/>
/// <exception cref="ErrorTable.InvalidStream"/>
/// <exception cref="ErrorTable.NotFileSystemPath"/>
/// <exception cref="ErrorTable.PathIsAddress"/>
/// <exception cref="ErrorTable.PathIsFolder"/>
[Cmdlet(VerbsCommunications.Read, "NanonetsText", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextPage))]
public sealed class ReadNanonetsTextCommand : UploadCmdlet
{
    private protected override SendRequest NewRequest() => SendRequest.ForText([]);

    private protected override SendingOptions NewOptions(SendRequest first) => new();
}
