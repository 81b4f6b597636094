using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;

namespace Nanonets.Uploading;

/// <summary>Lays out the body of LabelUrls: an ordinary form with one <c>urls</c> pair for each address (documented); its last byte is what is held back.</summary>
internal static class FormBody
{
    public static UploadBody Create(UploadRequest request, IReadOnlyList<OpenedSource> sources)
    {
        IEnumerable<(string Name, string Value)> pairs = request.Fields()
            .Concat(sources.Select(static source => ("urls", ((UrlSource)source.Source).Address)));
        byte[] form = Encoding.ASCII.GetBytes(string.Join("&", pairs.Select(static pair => $"{pair.Name}={WebUtility.UrlEncode(pair.Value)}")));
        return new UploadBody("application/x-www-form-urlencoded", [new BodyPart(form.AsSpan(0, form.Length - 1).ToArray())], [form[form.Length - 1]]);
    }
}
