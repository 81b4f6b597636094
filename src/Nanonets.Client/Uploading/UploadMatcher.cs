using System;
using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Uploading;

/// <summary>
/// Finds out which pages of an answer belong to which file sent. <c>request_file_id</c> ties the pages of a file together; the name tells
/// which file it is. The order of files in an answer is not documented and never relied on.
/// </summary>
internal static class UploadMatcher
{
    /// <returns>The files that the answer names, each with its pages in page order. A file that is missing here was not proven to be accepted.</returns>
    public static Dictionary<UploadSource, PageResult[]> Match(IReadOnlyList<UploadSource> files, PageResult[] pages)
    {
        List<PageResult[]> groups = [.. pages.Where(static page => page.RequestFileId is not null)
            .GroupBy(static page => page.RequestFileId, static (_, group) => group.OrderBy(static page => page.Page).ToArray())];
        foreach (PageResult[] group in groups)
        {
            foreach (PageResult page in group)
                page.PageCount = group.Length;
        }

        var matched = new Dictionary<UploadSource, PageResult[]>();
        if (files.Count == 1)
        {
            // All pages are its, even should the service have split it into several.
            if (groups.Count > 0)
                matched[files[0]] = WithSource(files[0], [.. groups.SelectMany(static group => group)]);
            return matched;
        }

        bool complete = groups.Count == files.Count;
        TakeByName(files, groups, matched, StringComparison.Ordinal);
        TakeByName(files, groups, matched, StringComparison.OrdinalIgnoreCase);
        List<UploadSource> rest = [.. files.Where(file => !matched.ContainsKey(file))];
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

    private static void TakeByName(
        IReadOnlyList<UploadSource> files, List<PageResult[]> groups, Dictionary<UploadSource, PageResult[]> matched, StringComparison comparison)
    {
        foreach (UploadSource file in files.Where(file => !matched.ContainsKey(file)))
        {
            List<PageResult[]> candidates = [.. groups.Where(group => string.Equals(group[0].Input, file.FileName, comparison))];
            if (candidates.Count != 1)
                continue;

            groups.Remove(candidates[0]);
            matched[file] = WithSource(file, candidates[0]);
        }
    }

    private static PageResult[] WithSource(UploadSource file, PageResult[] pages)
    {
        foreach (PageResult page in pages)
            page.SourcePath = file.SourcePath;
        return pages;
    }
}
