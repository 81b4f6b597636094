using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Documents;
using Nanonets.Http;

namespace Nanonets.Uploading;

/// <summary>
/// Lays out the body of LabelUrls: an ordinary form with one <c>urls</c> pair for each address (documented); its last byte is what is held
/// back.
/// </summary>
internal static class FormBody
{
    public static UploadBody Create(IEnumerable<(string Name, string Value)> fields, IReadOnlyList<OpenedSource> sources)
    {
        byte[] form = FormText.Encode(fields.Concat(sources.Select(static source => ("urls", ((UrlSource)source.Source).Address))));
        return new UploadBody(FormText.ContentType, [new BodyPart(form.AsSpan(0, form.Length - 1).ToArray())], [form[form.Length - 1]]);
    }
}
