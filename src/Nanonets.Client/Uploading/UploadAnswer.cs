using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nanonets.Documents;
using Nanonets.Json;
using Nanonets.Sending;

namespace Nanonets.Uploading;

/// <summary>What the answer of an upload proves about each document, for each of the calls.</summary>
internal sealed class UploadAnswer
{
    private readonly Dictionary<UploadSource, TextPage[]> _text = [];
    private readonly HashSet<UploadSource> _notFetched = [];
    private Dictionary<UploadSource, PageResult[]> _pages = [];

    private UploadAnswer()
    {
    }

    public static UploadAnswer Read(JsonElement root, SendRequest request, IReadOnlyList<UploadSource> sources)
    {
        var answer = new UploadAnswer();
        if (request.Call == UploadCall.FullText)
            answer.ReadText(root, sources);
        else if (request.Call == UploadCall.Classification)
            answer.ReadPages(AnswerReader.Classification(root, request.ModelId), request, sources);
        else
            answer.ReadPages(AnswerReader.Upload(root, request.ModelId, request.IsQueued), request, sources);
        return answer;
    }

    /// <summary>The outcome of a document that the answer names; null for any other.</summary>
    public UploadOutcome? Accepted(Document document) =>
        _pages.TryGetValue(document.Source, out PageResult[]? pages)
            ? new UploadOutcome(document, UploadClass.Accepted) { Pages = pages, WasPosted = true }
        : _text.TryGetValue(document.Source, out TextPage[]? text)
        ? new UploadOutcome(document, UploadClass.Accepted) { TextPages = text, WasPosted = true }
        : null;

    /// <summary>Whether the answer says that the address could not be fetched.</summary>
    public bool IsNotFetched(UploadSource source) => _notFetched.Contains(source);

    private void ReadPages(PageResult[] pages, SendRequest request, IReadOnlyList<UploadSource> sources)
    {
        // Classified pictures have no id of a file; there the name is all that ties pages together.
        _pages = UploadMatcher.Match(sources, pages, request.Call == UploadCall.Classification ? ByName : ByFile);

        // Only addresses: of a file that was handed over, a failure without an id proves nothing.
        if (request.Form == UploadForm.Url)
            _notFetched.UnionWith(UploadMatcher.Failed([.. sources.Where(source => !_pages.ContainsKey(source))], pages));
    }

    private void ReadText(JsonElement root, IReadOnlyList<UploadSource> sources)
    {
        foreach (IGrouping<string, TextPage> file in TextAnswerReader.Read(root).GroupBy(static page => page.Input ?? string.Empty))
        {
            UploadSource? source = sources.Count == 1
                ? sources[0]
                : sources.FirstOrDefault(source => source.AnswerNames.Contains(file.Key));
            if (source is null || _text.ContainsKey(source))
                continue;

            TextPage[] pages = [.. file.OrderBy(static page => page.Page)];
            foreach (TextPage page in pages)
                (page.SourcePath, page.PageCount) = (source.SourcePath, pages.Length);
            _text.Add(source, pages);
        }
    }

    private static string? ByFile(PageResult page) => page.RequestFileId;

    private static string? ByName(PageResult page) => page.State == PageState.Failure ? null : page.Input ?? string.Empty;
}
