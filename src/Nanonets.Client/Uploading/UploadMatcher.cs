using System;
using System.Collections.Generic;
using System.Linq;
using Nanonets.Documents;

namespace Nanonets.Uploading;

/// <summary>
/// Finds out which pages of an answer belong to which document sent. <c>request_file_id</c> ties the pages of a file together; the name
/// tells which document it is. The order of sources in an answer is not documented and never relied on.
/// </summary>
internal static class UploadMatcher
{
    /// <param name="fileOf">What pages of a file share; null for a page that proves nothing.</param>
    /// <returns>The documents that the answer names, each with its pages in page order. One that is missing here was not proven to be
    /// accepted.</returns>
    public static Dictionary<UploadSource, PageResult[]> Match(
        IReadOnlyList<UploadSource> sources, PageResult[] pages, Func<PageResult, string?> fileOf)
    {
        var matched = new Dictionary<UploadSource, PageResult[]>();
        if (sources.Count == 1 && pages.Length == 1)
        {
            // By far the most common answer, without the detour.
            if (fileOf(pages[0]) is not null)
            {
                pages[0].PageCount = 1;
                matched[sources[0]] = WithSource(sources[0], pages);
            }

            return matched;
        }

        List<PageResult[]> groups = [.. pages.Where(page => fileOf(page) is not null)
            .GroupBy(fileOf, static (_, group) => group.OrderBy(static page => page.Page).ToArray())];
        foreach (PageResult[] group in groups)
        {
            foreach (PageResult page in group)
                page.PageCount = group.Length;
        }

        if (sources.Count == 1)
        {
            // All pages are its, even should the service have split it into several.
            if (groups.Count > 0)
                matched[sources[0]] = WithSource(sources[0], [.. groups.SelectMany(static group => group)]);
            return matched;
        }

        bool complete = groups.Count == sources.Count;
        TakeByName(sources, groups, matched, StringComparison.Ordinal);
        TakeByName(sources, groups, matched, StringComparison.OrdinalIgnoreCase);
        List<UploadSource> rest = [.. sources.Where(source => !matched.ContainsKey(source))];
        if (complete && rest.Count == 1)
            matched[rest[0]] = WithSource(rest[0], groups[0]);
        else if (complete)
        {
            // Each file was accepted, but which is which cannot be said: the pages come out without a source.
            for (int i = 0; i < rest.Count; i++)
                matched[rest[i]] = groups[i];
        }

        return matched;
    }

    /// <summary>
    /// The documents of which the answer says that they failed, without having made a file of them: addresses that could not be fetched.
    /// </summary>
    public static IEnumerable<UploadSource> Failed(IReadOnlyList<UploadSource> sources, PageResult[] pages)
    {
        PageResult[] failed = [.. pages.Where(static page => page.RequestFileId is null && page.State == PageState.Failure)];
        return sources.Where(source => (sources.Count == 1 && failed.Length > 0)
            || failed.Any(page => Names(page, source, StringComparison.Ordinal)));
    }

    private static void TakeByName(
        IReadOnlyList<UploadSource> sources, List<PageResult[]> groups, Dictionary<UploadSource, PageResult[]> matched,
        StringComparison comparison)
    {
        foreach (UploadSource source in sources.Where(source => !matched.ContainsKey(source)))
        {
            List<PageResult[]> candidates = [.. groups.Where(group => Names(group[0], source, comparison))];
            if (candidates.Count != 1)
                continue;

            groups.Remove(candidates[0]);
            matched[source] = WithSource(source, candidates[0]);
        }
    }

    private static bool Names(PageResult page, UploadSource source, StringComparison comparison) =>
        source.AnswerNames.Any(name => string.Equals(page.Input, name, comparison));

    private static PageResult[] WithSource(UploadSource source, PageResult[] pages)
    {
        foreach (PageResult page in pages)
            page.SourcePath = source.SourcePath;
        return pages;
    }
}
