using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Http;

namespace Nanonets.Documents;

/// <summary>An address that the service fetches by itself.</summary>
internal sealed class UrlSource : UploadSource
{
    /// <exception cref="ArgumentException">Not an address the service could fetch from, or one that would show the document in the
    /// clear.</exception>
    public UrlSource(Uri address)
        : base(NameIn(address), PublicAddress.Of(address))
    {
        // A signature may cover the exact spelling: only what could not travel is respelled.
        Address = address.IsWellFormedOriginalString() ? address.OriginalString : address.AbsoluteUri;
    }

    /// <summary>The address in full. It may open the document to anybody: never shown.</summary>
    internal string Address { get; }

    internal override UploadForm Form => UploadForm.Url;

    /// <summary>
    /// The last part of the path in the one recording; an old official client reads the whole address, which a page holds without its
    /// query.
    /// </summary>
    internal override IEnumerable<string> AnswerNames =>
        new[] { FileName, Uri.EscapeDataString(FileName), PublicAddress.In(Address), SourcePath! }.Distinct();

    internal override OpenedSource Open() => new OpenedUrl(this);

    private static string NameIn(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != "https" && address.Scheme != "http"))
            throw new ArgumentException("The address of a document must be a full https address.", nameof(address));
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new ArgumentException(
                $"'{PublicAddress.Of(address)}' would be fetched in the clear. Use https; plain http is for this machine only.",
                nameof(address));

        string name = Uri.UnescapeDataString(address.Segments[address.Segments.Length - 1].TrimEnd('/'));
        return name.Length > 0 ? name : address.Host;
    }

    /// <summary>There is nothing on this side to open.</summary>
    private sealed class OpenedUrl(UrlSource source) : OpenedSource(source)
    {
        public override void EnsureUnchanged()
        {
        }

        public override void Dispose()
        {
        }
    }
}
