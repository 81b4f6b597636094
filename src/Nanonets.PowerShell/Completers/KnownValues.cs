using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Nanonets.Completers;

/// <summary>
/// What a connection has seen, for completion: files and labels from the results that went by, models from one list that is asked for at
/// the first Tab. A Tab waits 150 ms at most; an answer that comes later serves the next one. What fails is silent here: the cmdlet itself
/// will say it.
/// </summary>
internal sealed class KnownValues(NanonetsClient client)
{
    private const int MostFiles = 200;
    private const int MostLabels = 500;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly LinkedList<(string Value, string ToolTip)> _files = new();
    private readonly HashSet<string> _fileIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _modelIds = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];
    private readonly HashSet<string> _labelSet = new(StringComparer.OrdinalIgnoreCase);
    private Task<IReadOnlyList<NanonetsModel>>? _asking;
    private DateTime _asked;

    /// <summary>Files, newest first, and what is said of each.</summary>
    public IReadOnlyList<(string Value, string ToolTip)> Files
    {
        get
        {
            lock (_lock)
                return [.. _files];
        }
    }

    /// <summary>Labels, in the order they were first seen.</summary>
    public IReadOnlyList<string> Labels
    {
        get
        {
            lock (_lock)
                return [.. _labels];
        }
    }

    /// <summary>Models that results named.</summary>
    public IReadOnlyList<string> ModelIds
    {
        get
        {
            lock (_lock)
                return [.. _modelIds];
        }
    }

    /// <summary>Takes note of a page result that is written.</summary>
    public void Add(PageResult page)
    {
        lock (_lock)
        {
            if (page.ModelId is { Length: > 0 } model)
                _modelIds.Add(model);
            foreach (Prediction value in page.Prediction)
            {
                if (value.Type == PredictionType.Field && value.Label.Length > 0 && _labels.Count < MostLabels
                    && _labelSet.Add(value.Label))
                    _labels.Add(value.Label);
            }

            if (page.RequestFileId is not { Length: > 0 } id || !_fileIds.Add(id))
                return;

            _files.AddFirst((id, page.Input ?? string.Empty));
            if (_files.Count > MostFiles)
            {
                _fileIds.Remove(_files.Last!.Value.Value);
                _files.RemoveLast();
            }
        }
    }

    /// <summary>The models of the account; none while the answer is not there.</summary>
    public IReadOnlyList<NanonetsModel> Models()
    {
        Task<IReadOnlyList<NanonetsModel>> asking;
        lock (_lock)
        {
            if (_asking is null || (_asking.IsCompleted && DateTime.UtcNow - _asked > (_asking.IsFaulted ? s_afterFailure : s_fresh)))
            {
                _asked = DateTime.UtcNow;
                _asking = Task.Run(() => client.GetModelsAsync());
            }

            asking = _asking;
        }

        Task.WaitAny([asking], s_patience);
        _ = asking.Exception;
        return asking.Status == TaskStatus.RanToCompletion ? asking.GetAwaiter().GetResult() : [];
    }
}
