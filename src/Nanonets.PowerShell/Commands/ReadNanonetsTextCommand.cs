using System.Management.Automation;
using Nanonets.Errors;
using Nanonets.Sending;
using Nanonets.Uploads;

namespace Nanonets.Commands;

/// <summary>
/// <para>Reads the plain text of documents, without a model.</para>
/// <para>Sends each document to the full-text reader of Nanonets and writes an object for each page with its Text and the Words with their
/// places. The answer comes in the call itself. Every document read is an upload that may be billed, so the cmdlet takes -WhatIf and
/// -Confirm, and an upload whose answer was lost is reported as UploadAmbiguous, not repeated.</para>
/// <para>One bad document is one error, and the others go on; the error's target can be piped in again. When no further document can be
/// read (key rejected, quota used up, no connection), one error has all unsent documents as its target.</para>
/// </summary>
/// <example>
/// <code>Read-NanonetsText letter.pdf | ForEach-Object Text</code>
/// <para>Shows the text of a letter, page by page.</para>
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
