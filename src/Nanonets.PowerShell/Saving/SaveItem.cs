namespace Nanonets.Saving;

/// <summary>Something to download and where to.</summary>
/// <param name="Page">The page it belongs to; for an original any page of the file.</param>
/// <param name="ModelId">The model that knows the file.</param>
/// <param name="FullPath">Where it goes; the extension may change when it is known what comes.</param>
internal sealed record SaveItem(PageResult Page, DocumentPart Part, string ModelId, string FullPath)
{
    /// <summary>What is downloaded.</summary>
    public WantedFile Wanted { get; } = WantedFile.Of(Page, ModelId, Part);
}
