using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Nanonets.Emulator.State;

/// <summary>A model with its training data. Training takes its time; the state follows from the clock.</summary>
internal sealed class StoredModel(string id, string type, IReadOnlyList<string> categories, bool builtIn)
{
    private readonly Lock _lock = new();
    private readonly List<TrainingFile> _data = [];
    private bool _ready = builtIn;
    private (DateTimeOffset Began, TimeSpan Takes)? _training;

    public string Id => id;

    public string Type => type;

    public IReadOnlyList<string> Categories => categories;

    /// <summary>Whether it is the invoice model, which needs no training.</summary>
    public bool BuiltIn { get; } = builtIn;

    public IReadOnlyList<TrainingFile> Data
    {
        get
        {
            lock (_lock)
                return [.. _data];
        }
    }

    public ModelState StateAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_training is { } training)
            {
                if (now < training.Began + training.Takes)
                    return _ready ? ModelState.Retraining : now < training.Began + (training.Takes / 2)
                        ? ModelState.Queued
                        : ModelState.Training;
                (_ready, _training) = (true, null);
            }

            return _ready ? ModelState.Ready
                : _data.Count == 0 ? ModelState.NoData
                : _data.All(static file => file.Objects.Count == 0) ? ModelState.NotAnnotated : ModelState.NotTrained;
        }
    }

    public bool IsUsableAt(DateTimeOffset now) => StateAt(now) is ModelState.Ready or ModelState.Retraining;

    /// <summary>How many pieces of training data show a category.</summary>
    public int CountOf(string category)
    {
        lock (_lock)
            return _data.Sum(file => file.Objects.Count(item => item.Name == category));
    }

    public void Add(IEnumerable<TrainingFile> files)
    {
        lock (_lock)
            _data.AddRange(files);
    }

    /// <summary>Begins a training unless one goes on.</summary>
    public bool TryTrain(DateTimeOffset now, TimeSpan takes)
    {
        if (StateAt(now) is not (ModelState.NotTrained or ModelState.Ready))
            return false;

        lock (_lock)
        {
            if (_training is not null)
                return false;
            _training = (now, takes);
            return true;
        }
    }
}

/// <summary>A piece of training data.</summary>
internal sealed record TrainingFile(
    string Id, string FileName, string Sha256, int Width, int Height, IReadOnlyList<TrainingObject> Objects);

/// <summary>An annotation on it; for image classification the category, without a place.</summary>
internal sealed record TrainingObject(string Name, string Text, int XMin, int YMin, int XMax, int YMax);
