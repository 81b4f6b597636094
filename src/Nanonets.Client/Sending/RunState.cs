using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Sending.Admission;

namespace Nanonets.Sending;

/// <summary>What a run is about as a whole: its models, what stops it or one of them, and whether anything is under way.</summary>
internal sealed class RunState
{
    private readonly SendingContext _context;
    private readonly object _lock = new();
    private readonly List<ModelRun> _models = [];
    private NanonetsException? _stopReason;
    private SendRequest? _first;
    private int _underWay;
    private bool _inputEnded;

    public RunState(SendingContext context)
    {
        _context = context;
        Admission = new AdmissionControl(
            context, stop => _first is { } first ? new ServiceCheck(context).IsThereAsync(first, stop) : Task.FromResult(true), Stop);
    }

    public AdmissionControl Admission { get; }

    /// <summary>Why nothing more is sent; null while the run goes on, and while any of its models can be sent to.</summary>
    public NanonetsException? StopReason
    {
        get
        {
            lock (_lock)
                return _stopReason ?? (_models.Count > 0 && _models.TrueForAll(static model => model.StopReason is not null)
                    ? _models[0].StopReason
                    : null);
        }
    }

    /// <summary>Why nothing more is sent to a model; null while it is.</summary>
    public NanonetsException? StopReasonFor(string modelId)
    {
        lock (_lock)
            return _stopReason ?? _models.Find(model => model.ModelId == modelId)?.StopReason;
    }

    /// <summary>Whether nothing more is sent to a model.</summary>
    public bool IsStopped(ModelRun model) => Admission.IsClosed || model.StopReason is not null;

    /// <summary>Sends nothing more.</summary>
    public void Stop(NanonetsException reason)
    {
        lock (_lock)
            _stopReason ??= reason;
        Admission.Close();
    }

    /// <summary>Sends nothing more to the model, or at all.</summary>
    public void Stop(ModelRun model, NanonetsException reason, FatalFor scope)
    {
        if (scope == FatalFor.Model)
            model.Stop(reason);
        else
            Stop(reason);
    }

    /// <summary>The model of a request, ready to be sent to, or stopped.</summary>
    public async Task<ModelRun> PrepareAsync(SendRequest request)
    {
        ModelRun? model;
        lock (_lock)
        {
            _first ??= request;
            model = _models.Find(known => known.ModelId == request.ModelId);
            if (model is null)
                _models.Add(model = new ModelRun(_context, request.ModelId));
        }

        if (IsStopped(model))
            return model;

        try
        {
            await model.PrepareAsync(request, Admission).ConfigureAwait(false);
        }
        catch (NanonetsException failure)
        {
            Stop(model, failure, failure.FatalFor == FatalFor.Model ? FatalFor.Model : FatalFor.Run);
        }

        return model;
    }

    public void WorkBegan()
    {
        lock (_lock)
            _underWay++;
    }

    public void WorkEnded()
    {
        lock (_lock)
            _underWay--;
        TellReconcilersWhenQuiet();
    }

    /// <summary>No further document will come.</summary>
    public void InputEnded()
    {
        lock (_lock)
            _inputEnded = true;
        TellReconcilersWhenQuiet();
    }

    /// <summary>When nothing is under way any more, what is still reconciled gets its last listing.</summary>
    private void TellReconcilersWhenQuiet()
    {
        ModelRun[] models;
        lock (_lock)
        {
            if (!_inputEnded || _underWay > 0)
                return;
            models = [.. _models];
        }

        foreach (ModelRun model in models)
            model.Reconciler.InputEnded();
    }
}
