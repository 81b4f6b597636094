using System;
using System.Globalization;
using System.Management.Automation;

namespace Nanonets.Results;

/// <summary>
/// Tells what was piped to a cmdlet that takes stored files: a page result, an id, or an object with a RequestFileId. Not left to parameter
/// sets: a page result has a RequestFileId as well, and the engine would bind that by name before it looks at the object's type.
/// </summary>
internal static class ResultInput
{
    /// <summary>The page result, also one that comes back from a job or a file; null when it is something else.</summary>
    public static PageResult? PageOf(PSObject input) => input.BaseObject as PageResult ?? RevivedPage.Of(input);

    /// <summary>The id that the input is or has; null when there is none.</summary>
    public static string? IdOf(PSObject input) => Trimmed(input.BaseObject as string ?? Text(input, nameof(PageResult.RequestFileId)));

    /// <summary>The file that the input names; null when it names none.</summary>
    /// <param name="modelOf">Gets the model from what the input says; null where it says nothing.</param>
    public static ResultFile? FileOf(PSObject input, Func<string?, string> modelOf)
    {
        if (PageOf(input) is { } page)
        {
            if (page.RequestFileId is not { Length: > 0 } id)
                return null;
            var file = new ResultFile { RequestFileId = id, ModelId = modelOf(page.ModelId) };
            file.Add(page);
            return file;
        }

        return IdOf(input) is { } named
            ? new ResultFile { RequestFileId = named, ModelId = modelOf(Trimmed(Text(input, nameof(PageResult.ModelId)))),
                SourcePath = Trimmed(Text(input, nameof(PageResult.SourcePath))) }
            : null;
    }

    /// <summary>
    /// The position, from 0, of the page that a page result stands for, also of one that comes back from a job; null for anything else.
    /// </summary>
    public static int? PagePositionOf(PSObject? input)
    {
        if (input?.BaseObject is PageResult page)
            return page.Page;
        return input is not null && RevivedPage.Was(input)
            && int.TryParse(Text(input, nameof(PageResult.Page)), NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? position
            : null;
    }

    private static string? Text(PSObject input, string property) => input.Properties[property]?.Value?.ToString();

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
