using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nanonets.Editing;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>What a correction asks of the service: which labels a model has, and to store what was changed.</summary>
internal sealed class EditSending(NanonetsClient client, IRequestObserver observer)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<HashSet<string>>>> _labels = new(StringComparer.Ordinal);

    /// <summary>Stores the pages one after the other; what fails between them says how far it came.</summary>
    public async Task SendAsync(ResultFile file, PageEdit[] pages, CancellationToken stop)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            try
            {
                await client.UpdatePageAsync(file.ModelId, pages[i], observer, stop).ConfigureAwait(false);
            }
            catch (NanonetsException failure) when (i > 0 && failure.FatalFor == FatalFor.Document)
            {
                string done = string.Join(", ",
                    pages.Take(i).Select(static page => (page.Page.Page + 1).ToString(CultureInfo.CurrentCulture)));
                throw new NanonetsException(
                    failure.ErrorId, $"Of {file.Title} page {done} was changed, page {pages[i].Page.Page + 1} was not: {failure.Message} "
                        + "Run the command again: it sends what still differs.",
                    failure);
            }
        }
    }

    /// <summary>Whether the model has a label; asked once for each model.</summary>
    public async Task<bool> IsLabelAsync(string modelId, string label, CancellationToken stop)
    {
        Lazy<Task<HashSet<string>>> labels = _labels.GetOrAdd(modelId, id => new Lazy<Task<HashSet<string>>>(async () =>
        {
            NanonetsModel model = await client.GetModelAsync(id, observer, stop).ConfigureAwait(false);
            return new HashSet<string>(
                model.Categories.Select(static category => category.Label).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        }));
        return (await labels.Value.ConfigureAwait(false)).Contains(label);
    }
}
