using System;
using System.Linq;
using System.Management.Automation;
using Nanonets.Json;

namespace Nanonets.Results;

/// <summary>
/// Makes page results again of what jobs, remote sessions and Import-Clixml leave of them: bags of properties, which still hold the page's
/// own JSON. Signed addresses are not taken over: whoever needs them fetches them.
/// </summary>
internal static class RevivedPage
{
    /// <summary>Whether it was a page result once; Select-Object leaves that mark too.</summary>
    public static bool Was(PSObject input) => input.BaseObject is not PageResult
        && input.TypeNames.Any(static name => name.EndsWith("Nanonets.PageResult", StringComparison.Ordinal));

    /// <summary>The page result; null when it never was one, or its JSON is not there any more.</summary>
    public static PageResult? Of(PSObject input)
    {
        if (!Was(input) || Text(input, nameof(PageResult.Raw)) is not { } raw)
            return null;

        (string? file, string? model, string? path) = (Text(input, nameof(PageResult.RequestFileId)),
            Text(input, nameof(PageResult.ModelId)), Text(input, nameof(PageResult.SourcePath)));
        PageResult page = AnswerReader.Kept(raw, model)
            ?? PageResult.Placeholder(file, model, path, Text(input, nameof(PageResult.Id)), Number(input, nameof(PageResult.Page)) ?? 0,
                Text(input, nameof(PageResult.Input)));

        // What the page's JSON does not say: whether its upload was only accepted, and what the pipeline knew.
        if (LanguagePrimitives.TryConvertTo(input.Properties[nameof(PageResult.State)]?.Value, out PageState state))
            page.State = state;
        page.SourcePath = path;
        page.PageCount = Number(input, nameof(PageResult.PageCount));
        page.DuplicateOf = Text(input, nameof(PageResult.DuplicateOf));
        page.FromJournal = LanguagePrimitives.IsTrue(input.Properties[nameof(PageResult.FromJournal)]?.Value);
        return page;
    }

    private static string? Text(PSObject input, string property) =>
        input.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    private static int? Number(PSObject input, string property) =>
        input.Properties[property]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, out int number) ? number : null;
}
