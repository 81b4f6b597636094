using System.Management.Automation;

namespace Nanonets.Results;

/// <summary>
/// Tells what was piped to Get-NanonetsResult: a page result, an id, or an object with a RequestFileId. Not left to parameter sets: a page result has
/// a RequestFileId as well, and the engine would bind that by name before it looks at the object's type.
/// </summary>
internal static class ResultInput
{
    /// <summary>The page result; null when it is something else.</summary>
    public static PageResult? PageOf(PSObject input) => input.BaseObject as PageResult;

    /// <summary>The id that the input is or has; null when there is none.</summary>
    public static string? IdOf(PSObject input)
    {
        string? id = input.BaseObject as string ?? input.Properties["RequestFileId"]?.Value?.ToString();
        return string.IsNullOrWhiteSpace(id) ? null : id!.Trim();
    }
}
