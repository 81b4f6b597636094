using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Nanonets.Errors;

namespace Nanonets.Results;

/// <summary>
/// Failures that are fatal for a model (it is unknown) or for the whole run (the key is rejected, there is no connection). Each is one
/// error, at the end, with everything that is still open as its target; what they are not fatal for goes on.
/// </summary>
internal sealed class FatalFailures
{
    private readonly object _lock = new();
    private readonly CancellationToken _stop;
    private readonly Scope _run;
    private readonly Dictionary<string, Scope> _models = [];

    /// <param name="stop">Cancelled when the cmdlet stops.</param>
    public FatalFailures(CancellationToken stop) => (_stop, _run) = (stop, new Scope(stop));

    /// <summary>Whether the caller has stopped: then nothing is reported any more.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Cancelled when nothing more of a model can succeed, or when the cmdlet stops.</summary>
    public CancellationToken GiveUp(string modelId) => Of(modelId).Token;

    /// <summary>Whether nothing more of a model can succeed.</summary>
    public bool AreFor(string modelId) => GiveUp(modelId).IsCancellationRequested && !IsStopped;

    /// <summary>Something that was not done because nothing more of its model can succeed.</summary>
    public void AddOpen(string modelId, object target)
    {
        lock (_lock)
            Of(modelId).Open.Add(target);
    }

    /// <summary>Takes a failure that is fatal for more than its own file; false for any other.</summary>
    public bool Takes(NanonetsException failure, string modelId, object target)
    {
        if (failure.FatalFor == FatalFor.Document)
            return false;

        Scope model = Of(modelId);
        Scope ended = failure.FatalFor == FatalFor.Model ? model : _run;
        lock (_lock)
        {
            model.Open.Add(target);
            ended.Failure ??= failure;
        }

        ended.End();
        return true;
    }

    /// <summary>One error for each of the failures, with what they left open. Asked when nothing is under way any more.</summary>
    public IEnumerable<ErrorRecord> Errors()
    {
        foreach (IGrouping<NanonetsException?, Scope> same in _models.Values.GroupBy(model => model.Failure ?? _run.Failure))
        {
            object[] open = [.. same.SelectMany(static model => model.Open)];
            if (same.Key is { } failure && open.Length > 0)
                yield return ErrorTable.From(failure, open.Length == 1 ? open[0] : open);
        }
    }

    private Scope Of(string modelId)
    {
        lock (_lock)
        {
            if (!_models.TryGetValue(modelId, out Scope? model))
                _models.Add(modelId, model = new Scope(_run.Token));
            return model;
        }
    }

    /// <summary>What a failure ends: a model, or the run.</summary>
    private sealed class Scope(CancellationToken wider)
    {
        // Not disposed of: requests that are still unwinding hold its token.
        private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(wider);

        public CancellationToken Token => _end.Token;

        public NanonetsException? Failure { get; set; }

        public List<object> Open { get; } = [];

        public void End() => _end.Cancel();
    }
}
